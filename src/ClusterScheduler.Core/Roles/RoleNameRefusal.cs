namespace ClusterScheduler.Core.Roles;

/// <summary>Why a text is not a role name. Source: Mesos <c>roles::validate</c> and <c>docs/roles.md</c>.</summary>
public enum RoleNameRefusal
{
    /// <summary>It is a role name.</summary>
    None,

    /// <summary>The text is empty.</summary>
    Empty,

    /// <summary>The text starts with a slash.</summary>
    LeadingSlash,

    /// <summary>The text ends with a slash.</summary>
    TrailingSlash,

    /// <summary>Two slashes follow each other.</summary>
    EmptyComponent,

    /// <summary>A component is <c>.</c> or <c>..</c>.</summary>
    DotComponent,

    /// <summary>A component of a longer path is <c>*</c>.</summary>
    StarComponent,

    /// <summary>A component starts with a dash.</summary>
    LeadingDash,

    /// <summary>The text has white space, a backspace or another control character.</summary>
    ForbiddenCharacter,

    /// <summary>The text is longer than <see cref="RoleName.CharactersMax"/>.</summary>
    TooLong,

    /// <summary>The path has more components than <see cref="RoleName.DepthMax"/>.</summary>
    TooDeep,
}

/// <summary>Says a refused role name in words.</summary>
public static class RoleNameRefusals
{
    private const int ShownMax = 64;

    /// <summary>A sentence with the name and the rule that it breaks.</summary>
    public static string Explain(string? role)
    {
        _ = RoleName.TryParse(role, out _, out var refusal);
        var shown = role is { Length: > ShownMax } ? role[..ShownMax] + "..." : role;
        return $"'{shown}' is not a role name: {refusal.InWords()}";
    }

    /// <summary>The rule that is broken.</summary>
    public static string InWords(this RoleNameRefusal refusal) => refusal switch
    {
        RoleNameRefusal.None => "it is one",
        RoleNameRefusal.Empty => "it is empty; write one such as eng or eng/web",
        RoleNameRefusal.LeadingSlash => "it must not begin with a slash; write it as eng/web",
        RoleNameRefusal.TrailingSlash => "it must not end with a slash; write it as eng/web",
        RoleNameRefusal.EmptyComponent => "two slashes must not follow each other; write it as eng/web",
        RoleNameRefusal.DotComponent => "no part of it may be . or ..",
        RoleNameRefusal.StarComponent => "no part of it may be *, which is the role of everyone on its own",
        RoleNameRefusal.LeadingDash => "no part of it may begin with a dash",
        RoleNameRefusal.ForbiddenCharacter => "it must not have spaces or control characters",
        RoleNameRefusal.TooLong => $"it must not have more than {RoleName.CharactersMax} characters",
        RoleNameRefusal.TooDeep => $"it must not have more than {RoleName.DepthMax} parts with slashes between them",
        _ => throw new InvalidOperationException($"no words for {refusal}"),
    };
}
