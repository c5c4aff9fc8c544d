using System.Reflection;

namespace Akka.Embedded.Tests.Api;

/// <summary>Writes types and members in the words of the list.</summary>
internal static class ApiText
{
    internal static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!) + "&";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter)
            return type.Name;
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var name = Simple(type, arguments);
        return type.Namespace is null ? name : $"{type.Namespace}.{name}";
    }

    internal static string Kind(Type type)
    {
        if (type.IsInterface)
            return "interface";
        if (type.IsEnum)
            return "enum";
        if (type.IsValueType)
            return "struct";
        if (typeof(Delegate).IsAssignableFrom(type))
            return "delegate";
        if (type.IsAbstract)
            return type.IsSealed ? "static class" : "abstract class";
        return type.IsSealed ? "sealed class" : "class";
    }

    internal static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition
            ? $"<{string.Join(',', method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";
        var text = $"{Visibility(method)} {Static(method)}{Name(method.ReturnType)} {method.Name}{generic}";
        return $"{Name(method.DeclaringType!)}::{text}({Parameters(method)})";
    }

    internal static string Constructor(ConstructorInfo constructor) =>
        $"{Name(constructor.DeclaringType!)}::{Visibility(constructor)} .ctor({Parameters(constructor)})";

    internal static string Field(FieldInfo field)
    {
        var visibility = field.IsPublic ? "public" : "protected";
        var value = field.DeclaringType!.IsEnum ? $" = {Convert.ToInt64(field.GetRawConstantValue(), null)}" : "";
        var modifier = field.IsStatic ? "static " : "";
        return $"{Name(field.DeclaringType)}::{visibility} {modifier}{Name(field.FieldType)} {field.Name}{value}";
    }

    internal static string Property(PropertyInfo property, MethodInfo accessor)
    {
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"{property.Name}[{string.Join(", ", index.Select(Parameter))}]";
        var text = $"{Visibility(accessor)} {Static(accessor)}{Name(property.PropertyType)} {name}";
        return $"{Name(property.DeclaringType!)}::{text}";
    }

    internal static bool IsVisible(MethodBase? method) =>
        method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string Visibility(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        Name(parameter.ParameterType) + (parameter.IsOptional ? " = default" : "");

    private static string Simple(Type type, Queue<Type> arguments)
    {
        var outer = type.DeclaringType is { } declaring ? Simple(declaring, arguments) + "." : "";
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
            return outer + type.Name;
        var count = int.Parse(type.Name[(tick + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        var own = Enumerable.Range(0, count).Select(_ => Name(arguments.Dequeue()));
        return $"{outer}{type.Name[..tick]}<{string.Join(',', own)}>";
    }
}
