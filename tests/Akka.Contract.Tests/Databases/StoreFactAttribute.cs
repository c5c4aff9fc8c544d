using Xunit.Abstractions;
using Xunit.Sdk;

namespace Akka.Contract.Tests.Databases;

/// <summary>A test that classes for several databases inherit; each database is there or it is not.</summary>
[XunitTestCaseDiscoverer(
    "Akka.Contract.Tests.Databases.StoreFactDiscoverer", ThisAssembly.Name)]
public sealed class StoreFactAttribute : FactAttribute;

public sealed class StoreFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var needsPostgres = testMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute)).Any();
        var (display, options) = (
            discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault());
        return needsPostgres && !PostgresCluster.IsInstalled
            ? new WithoutPostgres(DiagnosticMessageSink, display, options, testMethod)
            : new XunitTestCase(DiagnosticMessageSink, display, options, testMethod);
    }
}

/// <summary>A test that is reported as skipped.</summary>
public sealed class WithoutPostgres : XunitTestCase
{
    [Obsolete("For deserialization by xunit only.", error: true)]
    public WithoutPostgres()
    {
    }

    public WithoutPostgres(
        IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) => PostgresCluster.NotInstalled;
}
