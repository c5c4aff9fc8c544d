using System.Collections;
using System.Globalization;

namespace Akka.TestKit.Xunit2;

/// <summary>Fails a test with an exception, which is all that xunit needs.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object[] args) =>
        throw new TestKitAssertionException(Format(format, args));

    public void AssertTrue(bool condition, string format = "", params object[] args)
    {
        if (!condition)
            Fail(format, args);
    }

    public void AssertFalse(bool condition, string format = "", params object[] args) =>
        AssertTrue(!condition, format, args);

    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args) =>
        AssertEqual(expected, actual, AreEqual, format, args);

    public void AssertEqual<T>(
        T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        if (!comparer(expected, actual))
            Fail("{0}Expected: {1}; actual: {2}", Prefix(Format(format, args)), expected!, actual!);
    }

    /// <summary>Sequences are equal when their elements are.</summary>
    private static bool AreEqual<T>(T expected, T actual)
    {
        if (Equals(expected, actual))
            return true;
        return expected is IEnumerable left and not string && actual is IEnumerable right
            && left.Cast<object?>().SequenceEqual(right.Cast<object?>());
    }

    private static string Prefix(string text) => text.Length == 0 ? "" : text + " ";

    private static string Format(string format, object[] args) =>
        args is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, format, args) : format;
}

internal sealed class TestKitAssertionException(string message) : Exception(message);
