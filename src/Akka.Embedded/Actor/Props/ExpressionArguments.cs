using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>
/// Values of the arguments of <c>new T(…)</c>; constants and captured variables without compiling anything.
/// </summary>
internal static class ExpressionArguments
{
    internal static object?[] Evaluate(NewExpression creation)
    {
        var count = creation.Arguments.Count;
        if (count == 0)
            return [];
        var values = new object?[count];
        for (var index = 0; index < count; index++)
            values[index] = Evaluate(creation.Arguments[index]);
        return values;
    }

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(Target(member)),
        MemberExpression { Member: PropertyInfo property } member => property.GetValue(Target(member)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
            when convert.Type.IsAssignableFrom(convert.Operand.Type) => Evaluate(convert.Operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object)))
            .Compile(preferInterpretation: true)(),
    };

    private static object? Target(MemberExpression member) =>
        member.Expression is null ? null : Evaluate(member.Expression);
}
