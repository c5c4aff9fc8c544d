using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Quotas;

/// <summary>
/// The rules of quota as a table. Quota is written <c>role guarantees / limits</c>, changes separated by bars; the
/// capacity is 10 cpus, 1000 mem and 2 gpus, and every role uses 2 cpus.
/// </summary>
public sealed class QuotaRulesTests
{
    private static readonly ResourceSet Capacity = ResourceSet.Parse("cpus:10;mem:1000;gpus:2");
    private static readonly ResourceSet Used = ResourceSet.Parse("cpus:2");

    [Theory]
    [InlineData("cpus:1;mem:2;cpus:5", "cpus is given twice, the second time as 'cpus:5'.")]
    [InlineData("cpus:1;cpus:1", "cpus is given twice, the second time as 'cpus:1'.")]
    [InlineData("cpus:0.0004",
        "'cpus:0.0004' is no amount: it would be nothing: amounts have three decimals; write 0, or 0.001 or more.")]
    [InlineData("cpus:1e-300",
        "'cpus:1e-300' is no amount: it would be nothing: amounts have three decimals; write 0, or 0.001 or more.")]
    [InlineData("cpus:NaN", "'cpus:NaN' is no amount: it must be a number, such as 8 or 0.5.")]
    [InlineData("cpus:-1", "'cpus:-1' is no amount: it must not be below zero.")]
    [InlineData("cpus:1e308", "'cpus:1e308' is no amount: it must be at most 1000000000000.")]
    [InlineData("cpus:1000000000001", "'cpus:1000000000001' is no amount: it must be at most 1000000000000.")]
    public void A_text_means_what_it_says_or_is_refused(string text, string refusal)
    {
        Assert.Equal(refusal, Assert.Throws<FormatException>(() => Quota.Parse("", text)).Message);
        Assert.Equal(refusal, Assert.Throws<FormatException>(() => Quota.Parse(text, "")).Message);
        Assert.Equal(Scalar.Zero, Quota.Parse("", "cpus:0.000").LimitOf("cpus"));
        Assert.Equal(new Scalar(1), Quota.Parse("", "cpus:0.0005").LimitOf("cpus"));
    }

    [Theory]
    [InlineData("", "a cpus:4 / cpus:6", "")]
    [InlineData("", "a cpus:4 / | a cpus:5 /", "DoubleRole a")]
    [InlineData("", "* cpus:4 /", "RoleOfEveryone *")]
    [InlineData("", "a ports:4 /", "ResourceName a ports")]
    [InlineData("", "a cpus:7 / cpus:6", "GuaranteeAboveLimit a cpus 7 6")]
    [InlineData("", "a gpus:2 /", "")]
    [InlineData("", "a gpus:0.5 /", "FractionalGpus a gpus 0.5 0")]
    [InlineData("", "a / gpus:1.5", "FractionalGpus a gpus 1.5 0")]
    [InlineData("", "a gpus:3 /", "GuaranteesAboveCapacity a gpus 3 2")]
    [InlineData("", "a / cpus:1", "LimitBelowConsumption a cpus 1 2")]
    [InlineData("", "a / cpus:2", "")]
    // Guarantees of children are within their parent's, also through a role between that has no quota.
    [InlineData("a cpus:4 /", "a/x cpus:3 / | a/y cpus:1 /", "")]
    [InlineData("a cpus:4 /", "a/x cpus:3 / | a/y cpus:2 /", "GuaranteesAboveParent a cpus 5 4")]
    [InlineData("a cpus:4 /", "a/x/z cpus:5 /", "GuaranteesAboveParent a cpus 5 4")]
    [InlineData("a cpus:4 / | a/x cpus:2 /", "a/x/z cpus:3 /", "GuaranteesAboveParent a/x cpus 3 2")]
    [InlineData("a cpus:4 / | a/x/z cpus:3 /", "a cpus:2 /", "GuaranteesAboveParent a cpus 3 2")]
    [InlineData("a cpus:4 / | a/x cpus:4 /", "a mem:1 /", "GuaranteesAboveParent a cpus 4 0")]
    [InlineData("", "a/x cpus:3 /", "")]
    // Limits hold on every level.
    [InlineData("a cpus:4 / cpus:4", "a/x/z / cpus:5", "LimitAboveParent a/x/z cpus 5 4")]
    [InlineData("a cpus:4 / cpus:4", "a/x/z / cpus:4", "")]
    [InlineData("a cpus:4 / cpus:4", "a/x/z cpus:5 /", "GuaranteeAboveParentLimit a/x/z cpus 5 4")]
    [InlineData("a / cpus:6 | a/x / cpus:5", "a / cpus:4", "LimitAboveParent a/x cpus 5 4")]
    [InlineData("a / cpus:6", "a/x / mem:50", "")]
    // Capacity: all that has nothing guaranteed above it, held against the change that guarantees something.
    [InlineData("a cpus:8 /", "b cpus:3 /", "GuaranteesAboveCapacity b cpus 11 10")]
    [InlineData("a cpus:8 /", "c / mem:9 | b cpus:3 /", "GuaranteesAboveCapacity b cpus 11 10")]
    [InlineData("a cpus:8 / | a/x cpus:8 /", "b cpus:2 /", "")]
    [InlineData("a cpus:8 / | b/x cpus:8 /", "a /", "")]
    [InlineData("a cpus:8 / | b/x cpus:8 /", "a mem:1 /", "")]
    [InlineData("", "a cpus:600000000000 / | b cpus:600000000000 /", "GuaranteesTooLarge b cpus 1200000000000 *")]
    public void A_change_is_accepted_or_refused_for_its_first_broken_rule(string now, string change, string refusal)
    {
        var changes = Read(change);
        var actual = Check(Read(now), changes, force: false);
        Assert.Equal(refusal.Split(' ')[0], actual?.Fault.ToString() ?? "");
        if (actual is not null && !refusal.EndsWith('*'))
        {
            var facts = $"{actual.Fault} {actual.Role} {actual.Resource} {actual.Asked} {actual.Bound}";
            Assert.StartsWith(refusal, facts, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a / cpus:1", null)]
    [InlineData("a cpus:50 /", null)]
    [InlineData("a gpus:0.5 /", QuotaFault.FractionalGpus)]
    [InlineData("a cpus:2 / | a/x cpus:3 /", QuotaFault.GuaranteesAboveParent)]
    [InlineData("a cpus:600000000000 / | b cpus:600000000000 /", QuotaFault.GuaranteesTooLarge)]
    public void Force_overrides_use_and_capacity_alone(string change, QuotaFault? fault) =>
        Assert.Equal(fault, Check([], Read(change), force: true)?.Fault);

    private static QuotaRefusal? Check(RoleQuota[] now, RoleQuota[] changes, bool force) => QuotaRules.Check(
        now.ToDictionary(each => each.Role, each => each.Quota), changes, _ => Used, Capacity, force);

    private static RoleQuota[] Read(string text) =>
    [
        .. text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static each =>
        {
            var (role, amounts) = (each.Trim().Split(' ')[0], each.Trim()[each.Trim().IndexOf(' ')..].Split('/'));
            return new RoleQuota(RoleName.Parse(role), Quota.Parse(amounts[0].Trim(), amounts[1].Trim()));
        }),
    ];
}
