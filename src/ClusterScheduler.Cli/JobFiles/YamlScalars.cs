using System.Text.RegularExpressions;
using ClusterScheduler.Core.Jobs.Files;

namespace ClusterScheduler.Cli.JobFiles;

/// <summary>What YAML 1.2's core schema takes a plain scalar for, without its rarer spellings: those stay text and the
/// rules then say what would be right.</summary>
internal static partial class YamlScalars
{
    public static ScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Nothing,
        "true" or "false" => ScalarKind.Truth,
        _ when Whole().IsMatch(plain) => ScalarKind.Whole,
        _ when Fraction().IsMatch(plain) => ScalarKind.Fraction,
        _ => ScalarKind.Text,
    };

    [GeneratedRegex(@"^[-+]?[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fraction();
}
