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
