using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Embedded.Tests.Api;

/// <summary>What the product can see of the embedded engine is a part of what it would see of Akka.NET.</summary>
public sealed class ApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> s_compilerMade = ["value__"];

    private readonly ApiList _list = ApiList.File is null ? new ApiList() : ApiList.Read();
    private readonly List<string> _extra = [];

    [ApiListFact]
    public void The_engine_shows_nothing_that_Akka_does_not_have()
    {
        foreach (var type in typeof(ActorSystem).Assembly.GetTypes().Where(IsVisible).OrderBy(ApiText.Name))
            Check(type);
        Assert.True(_extra.Count == 0, $"Not in Akka.NET 1.5:\n{string.Join('\n', _extra)}");
    }

    private static bool IsVisible(Type type)
    {
        if (type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || type.Namespace?.StartsWith(
            "Akka", StringComparison.Ordinal) != true)
            return false;
        for (var each = type; each is not null; each = each.DeclaringType)
        {
            if (!(each.IsPublic || each.IsNestedPublic || each.IsNestedFamily || each.IsNestedFamORAssem))
                return false;
        }

        return true;
    }

    private void Check(Type type)
    {
        var name = ApiText.Name(type);
        if (_list.KindOf(name) is not { } kind)
        {
            _extra.Add($"{name} [{ApiText.Kind(type)}]");
            return;
        }

        CheckKind(type, name, kind);
        CheckInterfaces(type, name);
        if (ApiText.Kind(type) == "delegate")
            return;
        foreach (var constructor in type.GetConstructors(Declared).Where(ApiText.IsVisible))
            CheckMember(ApiText.Constructor(constructor), constructor);
        foreach (var method in type.GetMethods(Declared).Where(IsOwn))
            CheckMember(ApiText.Method(method), method);
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
        {
            if (!s_compilerMade.Contains(field.Name))
                CheckMember(ApiText.Field(field), null);
        }

        foreach (var property in type.GetProperties(Declared))
            CheckProperty(property);
    }

    /// <summary>
    /// Sealed where the list says so, abstract where the list says so; being stricter is no addition.
    /// </summary>
    private void CheckKind(Type type, string name, string kind)
    {
        var ours = ApiText.Kind(type);
        var stricter = ours == kind || (
            kind == "class" && ours is "sealed class" or "abstract class" or "static class");
        if (!stricter)
            _extra.Add($"{name} is [{ours}], not [{kind}]");
    }

    private void CheckInterfaces(Type type, string name)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        foreach (var contract in type.GetInterfaces().Except(inherited))
        {
            var contractName = ApiText.Name(contract);
            if (contractName.StartsWith(
                "Akka.", StringComparison.Ordinal) && contract.IsVisible && !_list.Implements(name, contractName))
                _extra.Add($"{name} implements {contractName}");
        }
    }

    /// <summary>The list has no operators; they are left out here too.</summary>
    private static bool IsOwn(MethodInfo method) =>
        ApiText.IsVisible(
            method) && !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == method.DeclaringType
        && !method.Name.Contains('<', StringComparison.Ordinal);

    private void CheckMember(string line, MethodBase? member)
    {
        if (_list.Member(line) is not { } known)
        {
            _extra.Add(line);
            return;
        }

        var optional = member?.GetParameters().Count(parameter => parameter.IsOptional) ?? 0;
        if (optional > known.Split(" = default").Length - 1)
            _extra.Add($"{line} has more optional parameters than {known}");
    }

    private void CheckProperty(PropertyInfo property)
    {
        var accessors = new[] { property.GetMethod, property.SetMethod };
        if (Array.Find(accessors, ApiText.IsVisible) is not { } first)
            return;
        if (first.GetBaseDefinition().DeclaringType != property.DeclaringType)
            return;
        var line = ApiText.Property(property, first);
        if (_list.Member(line) is not { } known)
            _extra.Add(line);
        else if (ApiText.IsVisible(
            property.SetMethod) && !known.Contains("set;", StringComparison.Ordinal) && !property.SetMethod!.IsFamily)
            _extra.Add($"{line} can be set");
    }
}
