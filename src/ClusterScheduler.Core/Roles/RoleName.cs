namespace ClusterScheduler.Core.Roles;

/// <summary>
/// A path in the tree of roles, such as <c>eng</c> or <c>eng/web</c>, or <c>*</c>, the role of everyone.
/// Compared byte by byte. The rules are those of Mesos <c>roles::validate</c>.
/// </summary>
public readonly record struct RoleName : IComparable<RoleName>
{
    /// <summary>Longest accepted text, in UTF-16 units; a bound of this product (Mesos has none).</summary>
    public const int CharactersMax = 1024;

    /// <summary>Most components of a path; a bound of this product (Mesos has none).</summary>
    public const int DepthMax = 32;

    private readonly string? value;

    private RoleName(string value) => this.value = value;

    /// <summary>The default role <c>*</c>: unreserved resources, and frameworks that name no role.</summary>
    public static RoleName Any => default;

    /// <summary>The path as text; <c>*</c> for the default value of this type.</summary>
    public string Value => value ?? "*";

    /// <summary>Whether this is <c>*</c>, to which nothing can be reserved.</summary>
    public bool IsAny => value is null;

    /// <summary>Whether the path has more than one component.</summary>
    public bool IsNested => Value.Contains('/', StringComparison.Ordinal);

    /// <summary>Number of components; 1 for a top-level role.</summary>
    public int Depth => Value.AsSpan().Count('/') + 1;

    /// <summary>The path without its last component; null for a top-level role.</summary>
    public RoleName? Parent
    {
        get
        {
            var slash = Value.LastIndexOf('/');
            return slash < 0 ? null : new RoleName(Value[..slash]);
        }
    }

    /// <summary>The first component of the path.</summary>
    public RoleName TopLevel
    {
        get
        {
            var slash = Value.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? this : new RoleName(Value[..slash]);
        }
    }

    /// <summary>Reads a role name; on refusal <paramref name="refusal"/> says which rule the text breaks.</summary>
    public static bool TryParse(string? text, out RoleName role, out RoleNameRefusal refusal)
    {
        refusal = Check(text);
        role = refusal != RoleNameRefusal.None || text == "*" ? default : new RoleName(text!);
        return refusal == RoleNameRefusal.None;
    }

    /// <summary>Reads a role name known to be valid, such as a constant or a stored one.</summary>
    /// <exception cref="FormatException">The text breaks a rule; the message names it.</exception>
    public static RoleName Parse(string text) =>
        TryParse(text, out var role, out var refusal)
            ? role
            : throw new FormatException($"'{text}' is not a role name: {refusal.InWords()}.");

    /// <summary>Whether this role is <paramref name="ancestor"/> or below it in the tree.</summary>
    public bool IsWithin(RoleName ancestor)
    {
        var path = Value;
        var above = ancestor.Value;
        return path.StartsWith(above, StringComparison.Ordinal)
            && (path.Length == above.Length || path[above.Length] == '/');
    }

    /// <summary>Ordinal order, so that every listing and every tie is decided the same way.</summary>
    public int CompareTo(RoleName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static RoleNameRefusal Check(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return RoleNameRefusal.Empty;
        }

        if (text.Length > CharactersMax)
        {
            return RoleNameRefusal.TooLong;
        }

        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                return RoleNameRefusal.ForbiddenCharacter;
            }
        }

        return text == "*" ? RoleNameRefusal.None : CheckComponents(text);
    }

    private static RoleNameRefusal CheckComponents(string text)
    {
        if (text[0] == '/')
        {
            return RoleNameRefusal.LeadingSlash;
        }

        if (text[^1] == '/')
        {
            return RoleNameRefusal.TrailingSlash;
        }

        var components = text.Split('/');
        if (components.Length > DepthMax)
        {
            return RoleNameRefusal.TooDeep;
        }

        foreach (var component in components)
        {
            var refusal = component switch
            {
                "" => RoleNameRefusal.EmptyComponent,
                "." or ".." => RoleNameRefusal.DotComponent,
                "*" => RoleNameRefusal.StarComponent,
                ['-', ..] => RoleNameRefusal.LeadingDash,
                _ => RoleNameRefusal.None,
            };
            if (refusal != RoleNameRefusal.None)
            {
                return refusal;
            }
        }

        return RoleNameRefusal.None;
    }
}
