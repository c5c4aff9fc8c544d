using System.Reflection;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>What of a record goes over the wire: its constructor's parameters, then its init-only properties.</summary>
internal static class RecordShape
{
    /// <summary>One bit a field in a 64-bit number says which were read.</summary>
    public const int FieldsMax = 64;

    /// <summary>The positional constructor.</summary>
    public static ConstructorInfo ConstructorOf(Type type)
    {
        var constructors = type.GetConstructors()
            .Where(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderByDescending(constructor => constructor.GetParameters().Length)
            .ToArray();
        return constructors.Length > 0 && !type.IsAbstract
            ? constructors[0]
            : throw new WireFormatException($"{type} has no public constructor and cannot be written as a record");
    }

    /// <summary>The properties of the parameters, in their order, then the others by name.</summary>
    public static PropertyInfo[] PropertiesOf(Type type, ParameterInfo[] parameters)
    {
        var all = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        PropertyInfo[] properties =
        [
            .. parameters.Select(parameter => all.SingleOrDefault(property => property.Name == parameter.Name
                    && property.PropertyType == parameter.ParameterType)
                ?? throw new WireFormatException($"{type} has no property for its parameter {parameter.Name}")),
            .. all.Where(property => property.CanWrite
                    && !Array.Exists(parameters, parameter => parameter.Name == property.Name))
                .OrderBy(property => property.Name, StringComparer.Ordinal),
        ];
        return properties.Length <= FieldsMax
            ? properties
            : throw new WireFormatException($"{type} has {properties.Length} fields; at most {FieldsMax} are possible");
    }
}
