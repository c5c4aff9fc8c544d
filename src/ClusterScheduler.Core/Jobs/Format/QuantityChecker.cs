using System.Globalization;
using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Jobs.Values;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>Checks processors, sizes and durations: form first, then range.</summary>
internal sealed class QuantityChecker(FormatChecker checker)
{
    public void Check(FileNode.Scalar scalar, FormatType type, string path)
    {
        var number = scalar.Kind is ScalarKind.Whole or ScalarKind.Fraction;
        switch (type)
        {
            case FormatType.Fraction fraction when number:
                CheckMilli(scalar, fraction.MinMilli, fraction.MaxMilli, Decimals.FromMilli,
                    "a number with at most three decimals", path);
                break;
            case FormatType.Size size when number:
                CheckMilli(scalar, size.MinMilli, size.MaxMilli, SizeText.Format, "a size such as 256MiB or 1.5GiB",
                    path);
                break;
            case FormatType.Size size when scalar.Kind == ScalarKind.Text:
                CheckSizeText(scalar, size, path);
                break;
            case FormatType.Duration duration when scalar.Kind == ScalarKind.Text || number:
                CheckDuration(scalar, duration, path);
                break;
            default:
                checker.WrongType(scalar, type, path);
                break;
        }
    }

    private void CheckMilli(
        FileNode.Scalar scalar, long min, long max, Func<long, string> format, string form, string path)
    {
        var signed = scalar.Text.TrimStart('-');
        var wellFormed = Decimals.TryParse(signed, out var value);
        var range = $"from {format(min)} to {format(max)}";
        if (scalar.Text.StartsWith('-'))
        {
            checker.Report(scalar, JobFindingKind.OutOfRange, path, $"{scalar.Text} is negative", $"{form}, {range}");
        }
        else if (!wellFormed)
        {
            checker.Report(scalar, JobFindingKind.OutOfRange, path,
                $"{scalar.Text} is too large, too precise or no plain number", $"{form}, {range}");
        }
        else if (value * 1000 < min || value * 1000 > max)
        {
            checker.Report(scalar, JobFindingKind.OutOfRange, path, $"{scalar.Text} is out of range",
                $"{form}, {range}");
        }
    }

    private void CheckSizeText(FileNode.Scalar scalar, FormatType.Size type, string path)
    {
        var range = $"from {SizeText.Format(type.MinMilli)} to {SizeText.Format(type.MaxMilli)}";
        if (scalar.Text.StartsWith('-'))
        {
            checker.Report(scalar, JobFindingKind.OutOfRange, path, $"{scalar.Text} is negative", $"a size {range}");
        }
        else if (!SizeText.TryParse(scalar.Text, out var milli))
        {
            checker.Report(scalar, JobFindingKind.BadText, path, $"{FormatChecker.Shown(scalar.Text)} is no size",
                "a number with MiB, GiB or TiB, as in 256MiB or 1.5GiB; a bare number is MiB");
        }
        else if (milli < type.MinMilli || milli > type.MaxMilli)
        {
            checker.Report(scalar, JobFindingKind.OutOfRange, path, $"{scalar.Text} is out of range",
                $"a size {range}");
        }
    }

    private void CheckDuration(FileNode.Scalar scalar, FormatType.Duration type, string path)
    {
        var range = $"from {DurationText.Format(type.Min)} to {DurationText.Format(type.Max)}";
        if (scalar.Text.StartsWith('-'))
        {
            checker.Report(scalar, JobFindingKind.OutOfRange, path, $"{scalar.Text} is negative",
                $"a duration {range}");
        }
        else if (scalar.Kind != ScalarKind.Text || !DurationText.TryParse(scalar.Text, out var duration))
        {
            var hint = scalar.Kind == ScalarKind.Whole
                ? string.Create(CultureInfo.InvariantCulture,
                    $"say the unit: {scalar.Text}s, {scalar.Text}ms, {scalar.Text}m")
                : "numbers with ms, s, m, h or d, as in 30s or 1h30m";
            checker.Report(scalar, JobFindingKind.BadText, path,
                $"{FormatChecker.Shown(scalar.Text)} is no duration", hint);
        }
        else if (duration < type.Min || duration > type.Max)
        {
            checker.Report(scalar, JobFindingKind.OutOfRange, path, $"{scalar.Text} is out of range",
                $"a duration {range}");
        }
    }
}
