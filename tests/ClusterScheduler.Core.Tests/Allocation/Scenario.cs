using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>The commands of scenario files, run on one allocator; the clock starts at zero.</summary>
internal sealed partial class Scenario
{
    private AllocatorSettings settings = AllocatorSettings.Default with { MinAllocatable = MinAllocatable.Anything };
    private Allocator? allocator;
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    private Allocator Fast => allocator ??= new Allocator(settings);

    public IEnumerable<string> Run(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var arguments = words[1..];
        return words[0] switch
        {
            "settings" => Configure(arguments),
            "agent" => Answer(AddAgent(arguments, Fast.AddAgent)),
            "pause-agent" => Answer(Fast.PauseAgent(Agent(arguments[0]))),
            "return-agent" => Answer(AddAgent(arguments, Fast.ReturnAgent)),
            "total" => Answer(Fast.UpdateAgent(Known(arguments[0]) with { Total = ResourceSet.Parse(arguments[1]) })),
            "rack" => Answer(Fast.UpdateAgent(
                Known(arguments[0]) with { Attributes = [new AgentAttribute("rack", arguments[1])] })),
            "activate" => Answer(Fast.SetAgentActive(Agent(arguments[0]), true)),
            "deactivate" => Answer(Fast.SetAgentActive(Agent(arguments[0]), false)),
            "remove-agent" => Answer(Fast.RemoveAgent(Agent(arguments[0]))),
            "framework" => Answer(Fast.AddFramework(Profile(arguments), !arguments.Contains("inactive"))),
            "update-framework" => Answer(Fast.UpdateFramework(Profile(arguments))),
            "disconnect" => Answer(Fast.SetFrameworkActive(Framework(arguments[0]), false)),
            "reconnect" => Answer(Fast.SetFrameworkActive(Framework(arguments[0]), true)),
            "remove-framework" => Answer(Fast.RemoveFramework(Framework(arguments[0]))),
            "suppress" => Answer(Fast.Suppress(Framework(arguments[0]), [.. arguments[1..].Select(RoleName.Parse)])),
            "revive" => Answer(Fast.Revive(Framework(arguments[0]), [.. arguments[1..].Select(RoleName.Parse)])),
            "weight" => Answer(Fast.SetWeight(RoleName.Parse(arguments[0]), Number(arguments[1]))),
            "quota" => Quota(arguments),
            "wait" => Wait(arguments[0]),
            "allocate" => Allocate(),
            "decline" => Answer(Decline(arguments)),
            "accept" => Answer(Fast.Consume(
                Framework(arguments[0]), RoleName.Parse(arguments[1]), Agent(arguments[2]), Resources(arguments), now)),
            "finish" => Answer(Fast.RecoverUsed(
                Framework(arguments[0]), RoleName.Parse(arguments[1]), Agent(arguments[2]), Resources(arguments))),
            "convert" => Answer(Fast.ConvertOffered(
                Framework(arguments[0]),
                RoleName.Parse(arguments[1]),
                Agent(arguments[2]),
                ResourceSet.Parse(arguments[3]),
                ResourceSet.Parse(arguments[4]))),
            "convert-free" => Answer(Fast.ConvertFree(
                Agent(arguments[0]), ResourceSet.Parse(arguments[1]), ResourceSet.Parse(arguments[2]))),
            "hold" => Hold(arguments),
            "release" => Release(arguments),
            "commit" => Answer(Fast.Commit(
                Framework(arguments[0]), RoleName.Parse(arguments[1]), [.. arguments[2..].Select(Place)])),
            _ => Ask(words[0], arguments),
        };
    }

    private static AgentId Agent(string text) => new(text);

    private static FrameworkId Framework(string text) => new(text);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static ResourceSet Resources(string[] arguments) => ResourceSet.Parse(arguments[3]);

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(Number(text.TrimEnd('s')));

    private static string? Named(string[] arguments, string name) =>
        arguments.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static IEnumerable<string> Answer(AllocatorRefusal? refusal)
    {
        if (refusal is not null)
        {
            yield return $"refused: {refusal.Fault}"
                + (refusal.Agent is { } agent ? $", agent {agent}" : "")
                + (refusal.Role is { } role ? $", role {role}" : "")
                + (refusal.Rule is { } rule ? $", rule {rule}" : "")
                + (refusal.Version is { } version ? $", version now {version}" : "")
                + (refusal.Asked.IsEmpty ? "" : $", asked {refusal.Asked}, there is {refusal.Held}");
        }
    }

    private string[] Configure(string[] arguments)
    {
        settings = settings with
        {
            Region = Named(arguments, "region") ?? settings.Region,
            ExcludedFromFairness = Named(arguments, "excluded")?.Split(',') ?? settings.ExcludedFromFairness,
            OfferTimeout = Named(arguments, "offer-timeout") is { } timeout ? Seconds(timeout) : settings.OfferTimeout,
            MinAllocatable = Named(arguments, "min") is { } min ? Minimum(min) : settings.MinAllocatable,
            RoleSorter = Named(arguments, "roles") == "random" ? Sorter.WeightedRandom : settings.RoleSorter,
            FrameworkSorter = Named(arguments, "frameworks") == "random"
                ? Sorter.WeightedRandom
                : settings.FrameworkSorter,
            Seed = Named(arguments, "seed") is { } seed
                ? ulong.Parse(seed, CultureInfo.InvariantCulture)
                : settings.Seed,
            FilterGpuResources = Named(arguments, "gpu-filter") is { } filter
                ? filter == "on"
                : settings.FilterGpuResources,
        };
        return [];
    }

    private static MinAllocatable Minimum(string text) =>
        MinAllocatable.TryParse(text, out var min, out var refusal)
            ? min
            : throw new FormatException(refusal?.ToString());

    private static AllocatorRefusal? AddAgent(
        string[] arguments, Func<AgentProfile, IReadOnlyList<AgentUse>, AllocatorRefusal?> add)
    {
        var uses = arguments.Where(a => a.StartsWith("uses=", StringComparison.Ordinal))
            .Select(a => a[5..].Split('/', 3))
            .Select(use => new AgentUse(Framework(use[0]), RoleName.Parse(use[1]), ResourceSet.Parse(use[2])));
        return add(
            new AgentProfile(Agent(arguments[0]), ResourceSet.Parse(arguments[1]))
            {
                Attributes = Named(arguments, "rack") is { } rack ? [new AgentAttribute("rack", rack)] : [],
                Domain = Named(arguments, "region") is { } region ? new AgentDomain(region, "z1") : null,
                Capabilities = arguments.Contains("old") ? AgentCapabilities.None : AgentCapabilities.All,
            },
            [.. uses]);
    }

    private AgentProfile Known(string agent) =>
        Fast.ViewAgent(Agent(agent))?.Profile ?? new AgentProfile(Agent(agent), ResourceSet.Empty);

    private static FrameworkProfile Profile(string[] arguments)
    {
        var roles = arguments[1].Split(',').Select(RoleName.Parse).ToArray();
        var capabilities = arguments[2..].Select(a => Enum.TryParse<FrameworkCapabilities>(a, true, out var c) ? c : 0)
            .Aggregate(roles.Length > 1 ? FrameworkCapabilities.MultiRole : 0, (all, one) => all | one);
        var least = roles.Distinct()
            .Select(role => (Role: role, Text: Named(arguments, $"min@{role}") ?? Named(arguments, "min")))
            .Where(of => of.Text is not null).ToDictionary(of => of.Role, of => Minimum(of.Text!));
        var wants = Named(arguments, "rack") is { } pattern
            ? new OfferConstraints([[AttributeConstraint.TryCreate(
                AttributeSelector.Attribute, "rack", AttributePredicate.TextMatches, pattern)!]])
            : Named(arguments, "wants") is { } groups ? Wants(groups) : null;
        return new FrameworkProfile(Framework(arguments[0]), roles)
        {
            Capabilities = capabilities,
            SuppressedRoles = Named(arguments, "suppressed")?.Split(',').Select(RoleName.Parse).ToArray() ?? [],
            MinAllocatable = least,
            Constraints = roles.Where(_ => wants is not null).ToDictionary(role => role, _ => wants!),
        };
    }

    private IEnumerable<string> Quota(string[] arguments)
    {
        var quota = Core.Quotas.Quota.Parse(
            Named(arguments, "guarantee") ?? "", Named(arguments, "limit") ?? "");
        var refusal = Fast.SetQuota([new RoleQuota(RoleName.Parse(arguments[0]), quota)], arguments.Contains("force"));
        if (refusal is not null)
        {
            yield return $"refused: {refusal.Fault}, role {refusal.Role}, "
                + $"{refusal.Resource} {refusal.Asked} against {refusal.Bound}";
        }
    }

    private string[] Wait(string time)
    {
        now += Seconds(time);
        return [];
    }

    private IEnumerable<string> Allocate()
    {
        var offers = Fast.Allocate(now);
        return offers.Count == 0
            ? ["nothing"]
            : offers.Select(offer => $"{offer.Agent} -> {offer.Framework} in {offer.Role}: {offer.Resources}");
    }

    // hold ROLE|free BEFORE AFTER, as the master does before it stores an operation; release once it is carried out.
    private IEnumerable<string> Hold(string[] arguments)
    {
        if (Fast.HoldRoom(Growth(arguments))?.Breach is var (role, resource, limit, held, asked))
        {
            yield return $"refused: role {role} is limited to {limit} {resource}, consumes {held}, asks {asked} more";
        }
    }

    private IEnumerable<string> Release(string[] arguments) => Answer(Fast.ReleaseRoom(Growth(arguments)));

    private static ImmutableArray<RoleGrowth> Growth(string[] arguments) => RoleGrowth.Of(
        new ResourceConversion(ResourceSet.Parse(arguments[1]), ResourceSet.Parse(arguments[2])),
        arguments[0] == "free" ? null : RoleName.Parse(arguments[0]));

    // decline FRAMEWORK ROLE AGENT [SECONDS|ever] declines all that is offered there.
    private AllocatorRefusal? Decline(string[] arguments)
    {
        var (framework, role, agent) = (Framework(arguments[0]), RoleName.Parse(arguments[1]), Agent(arguments[2]));
        var held = Fast.ViewAgent(agent)?.Holdings.FirstOrDefault(h => (h.Framework, h.Role) == (framework, role));
        var refuse = arguments.Length < 4 ? FilterDuration.From(null)
            : arguments[3] == "ever" ? FilterDuration.Most
            : FilterDuration.From(Number(arguments[3].TrimEnd('s')));
        return Fast.RecoverOffered(framework, role, agent, held?.Offered ?? ResourceSet.Empty, refuse, now);
    }

    private AgentClaim Place(string text)
    {
        var parts = text.Split('=', 2);
        var place = parts[0].Split('@');
        var version = place.Length == 2
            ? long.Parse(place[1], CultureInfo.InvariantCulture)
            : Fast.ViewAgent(Agent(place[0]))?.Version ?? 0;
        return new AgentClaim(Agent(place[0]), version, ResourceSet.Parse(parts[1]));
    }
}
