using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <summary>
/// Owns the allocator, so that a long round never blocks the master's mailbox. A fact leads to a round at once as
/// long as few come; under load rounds are coalesced to the allocation interval, and offers are larger for it.
/// </summary>
internal sealed partial class AllocatorActor : ReceiveActor, IWithTimers
{
    private const string RoundTimer = "round";
    private const string ChangeTimer = "change";

    // More facts than this within one allocation interval are load.
    private const int FewFacts = 16;

    private readonly Allocator allocator;
    private readonly Dictionary<AgentId, AgentSession> sessions = [];
    private readonly Dictionary<FrameworkId, FrameworkProfile> frameworks = [];
    private readonly MasterOptions options;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private DateTimeOffset lastRound;
    private DateTimeOffset window;
    private int facts;
    private int factsBefore;
    private bool roundComes;

    public AllocatorActor(MasterOptions options)
    {
        this.options = options;
        allocator = new Allocator(options.Allocator);
        Receive<AllocatorProtocol.AddAgent>(AddAgent);
        Receive<AllocatorProtocol.DeactivateAgent>(DeactivateAgent);
        Receive<AllocatorProtocol.RemoveAgent>(RemoveAgent);
        Receive<AllocatorProtocol.UpdateRevocable>(UpdateRevocable);
        Receive<AllocatorProtocol.AddFramework>(AddFramework);
        Receive<AllocatorProtocol.DeactivateFramework>(Deactivate);
        Receive<AllocatorProtocol.RemoveFramework>(RemoveFramework);
        Receive<AllocatorProtocol.SetDemand>(SetDemand);
        Receive<AllocatorProtocol.Recover>(Recover);
        Receive<AllocatorProtocol.Release>(Release);
        Receive<AllocatorProtocol.Consume>(Consume);
        Receive<AllocatorProtocol.GetShares>(_ => TellShares());
        RoleMessages();
        WhyQuestions();
        HeldOffers();
        Operations();
        Inverse();
        Transactions();
        Reclaiming();
        Receive<Round>(_ => RunRound());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.UtcNow();

    public static Props Props(MasterOptions options) =>
        Akka.Actor.Props.Create(() => new AllocatorActor(options));

    private void AddAgent(AllocatorProtocol.AddAgent add)
    {
        // What it held ends in the same step in which what it holds now begins.
        var wasHere = sessions.Remove(add.AgentId);
        if (wasHere)
        {
            Check(allocator.PauseAgent(add.AgentId));
        }

        var profile = new AgentProfile(add.AgentId, add.Info.Resources)
        {
            Hostname = add.Info.Hostname,
            Attributes = add.Info.Attributes,
            Domain = add.Info.Domain,
            Unavailability = add.Unavailability,
        };

        // Agents come back before the frameworks whose tasks they run.
        ImmutableArray<AgentUse> uses = [.. add.Used.Select(static use => new AgentUse(
            use.FrameworkId, RoleName.Parse(use.Role), use.Resources))];
        var refusal = add.Used.Select(use => KnowFramework(use.FrameworkId, use.Role))
            .FirstOrDefault(static each => each is not null)
            ?? (wasHere ? allocator.ReturnAgent(profile, uses) : allocator.AddAgent(profile, uses));
        if (refusal is null)
        {
            sessions[add.AgentId] = add.Session;
        }
        else
        {
            if (wasHere)
            {
                Check(allocator.RemoveAgent(add.AgentId));
            }

            Context.Parent.Tell(new AllocatorProtocol.AgentNotTaken(add.AgentId, add.Session, refusal));
        }

        Changed();
    }

    private AllocatorRefusal? KnowFramework(FrameworkId id, string role)
    {
        if (frameworks.ContainsKey(id))
        {
            return null;
        }

        var profile = new FrameworkProfile(id, [RoleName.Parse(role)]);
        var refusal = allocator.AddFramework(profile, isActive: false);
        if (refusal is null)
        {
            frameworks[id] = profile;
        }

        return refusal;
    }

    private void DeactivateAgent(AllocatorProtocol.DeactivateAgent deactivate)
    {
        if (sessions.ContainsKey(deactivate.AgentId))
        {
            Check(allocator.SetAgentActive(deactivate.AgentId, false));
            Changed();
        }
    }

    private void RemoveAgent(AllocatorProtocol.RemoveAgent remove)
    {
        if (sessions.Remove(remove.AgentId))
        {
            Check(allocator.RemoveAgent(remove.AgentId));
            Changed();
        }
    }

    private void UpdateRevocable(AllocatorProtocol.UpdateRevocable update)
    {
        if (!sessions.ContainsKey(update.AgentId))
        {
            return;
        }

        // What cannot be counted is not offered, nor what was lent before it.
        if (allocator.UpdateRevocable(update.AgentId, update.Revocable) is { } refusal)
        {
            log.Warning("nothing that agent {0} lends is offered: {1}", update.AgentId, AllocatorFaults.Say(refusal));
            Check(allocator.UpdateRevocable(update.AgentId, default));
        }

        Changed();
    }

    private void AddFramework(AllocatorProtocol.AddFramework add)
    {
        var id = add.FrameworkId;
        var profile = WishRules.ProfileOf(id, add.Info, add.SuppressedRoles);
        var isKnown = frameworks.ContainsKey(id);
        var refusal = isKnown ? allocator.UpdateFramework(profile) : allocator.AddFramework(profile);
        if (refusal is not null)
        {
            Context.Parent.Tell(new AllocatorProtocol.FrameworkNotTaken(id, add.Connection, refusal));
            return;
        }

        frameworks[id] = profile;
        if (isKnown)
        {
            // Another scheduler, also where the one before it was never away: what that one declined is its own.
            Check(allocator.SetFrameworkActive(id, false));
            allocator.ForgetInverse(id);
            Check(allocator.SetFrameworkActive(id, true));
        }

        Changed();
    }

    private void Deactivate(AllocatorProtocol.DeactivateFramework deactivate)
    {
        if (frameworks.ContainsKey(deactivate.FrameworkId))
        {
            Check(allocator.SetFrameworkActive(deactivate.FrameworkId, false));
            allocator.ForgetInverse(deactivate.FrameworkId);
            Changed();
        }
    }

    private void RemoveFramework(AllocatorProtocol.RemoveFramework remove)
    {
        if (frameworks.Remove(remove.FrameworkId))
        {
            Check(allocator.RemoveFramework(remove.FrameworkId));
            Changed();
        }
    }

    private void SetDemand(AllocatorProtocol.SetDemand demand)
    {
        if (!frameworks.TryGetValue(demand.FrameworkId, out var profile))
        {
            return;
        }

        var suppressed = demand.Suppressed.Select(RoleName.Parse).Where(profile.Roles.Contains).ToHashSet();
        var wanted = profile.Roles.Where(role => !suppressed.Contains(role) && WasSuppressed(profile, role));
        var revived = demand.Revived.Select(RoleName.Parse).Where(profile.Roles.Contains).Union(wanted);
        frameworks[demand.FrameworkId] = profile with { SuppressedRoles = [.. suppressed.Order()] };
        Apply(allocator.Suppress, demand.FrameworkId, suppressed);
        Apply(allocator.Revive, demand.FrameworkId, revived);
        Changed();
    }

    private static bool WasSuppressed(FrameworkProfile profile, RoleName role) =>
        profile.SuppressedRoles.Contains(role);

    private void Apply(
        Func<FrameworkId, IReadOnlyList<RoleName>, AllocatorRefusal?> change,
        FrameworkId id,
        IEnumerable<RoleName> roles)
    {
        ImmutableArray<RoleName> named = [.. roles.Order()];
        if (!named.IsEmpty)
        {
            Check(change(id, named));
        }
    }

    private void Recover(AllocatorProtocol.Recover recover)
    {
        var now = Now;
        foreach (var back in recover.Offered)
        {
            // What was on its way when the agent or the framework left was forgotten with it.
            if (sessions.ContainsKey(back.AgentId) && frameworks.ContainsKey(back.FrameworkId))
            {
                Check(allocator.RecoverOffered(back.FrameworkId, RoleName.Parse(back.Role), back.AgentId,
                    back.Resources, back.RefuseFor ?? TimeSpan.Zero, now));
            }
        }

        Changed();
    }

    private void Release(AllocatorProtocol.Release release)
    {
        var used = release.Used;
        if (sessions.ContainsKey(used.AgentId))
        {
            Check(allocator.RecoverUsed(used.FrameworkId, RoleName.Parse(used.Role), used.AgentId, used.Resources));
            Changed();
        }
    }

    private void Consume(AllocatorProtocol.Consume consume)
    {
        if (sessions.ContainsKey(consume.AgentId))
        {
            Check(allocator.Consume(consume.FrameworkId, RoleName.Parse(consume.Role), consume.AgentId,
                consume.Resources, Now));
            AskUsers();
        }
    }

    /// <summary>Nothing is free for it, so that no offers come of it; but who uses a leaving agent is asked.</summary>
    private void AskUsers()
    {
        if (allocator.HasInverseWork)
        {
            Changed();
        }
    }

    /// <summary>
    /// The master only says what it knows to be so; a refusal means that the two ledgers differ, which is a fault of
    /// this program. The allocator has not changed; it is said loudly.
    /// </summary>
    private void Check(AllocatorRefusal? refusal)
    {
        if (refusal is not null)
        {
            log.Error("the allocator refuses what the master says: {0}", refusal);
        }
    }

    private void Changed()
    {
        var now = Now;
        var isBusy = IsBusy(now);
        if (roundComes)
        {
            return;
        }

        roundComes = true;
        var wait = lastRound + options.AllocationInterval - now;
        if (!isBusy || wait <= TimeSpan.Zero)
        {
            Self.Tell(Round.Instance);
        }
        else
        {
            Timers.StartSingleTimer(RoundTimer, Round.Instance, wait);
        }
    }

    /// <summary>Counts one fact; true when this interval or the one before it brought many.</summary>
    private bool IsBusy(DateTimeOffset now)
    {
        var age = now - window;
        if (age >= options.AllocationInterval)
        {
            factsBefore = age < 2 * options.AllocationInterval ? facts : 0;
            facts = 0;
            window = now;
        }

        facts++;
        return facts > FewFacts || factsBefore > FewFacts;
    }

    private void RunRound()
    {
        roundComes = false;
        lastRound = Now;
        var offers = allocator.Allocate(lastRound);
        if (offers.Count > 0)
        {
            Context.Parent.Tell(new AllocatorProtocol.Allocated(
                [.. offers.Select(offer => new AllocatorProtocol.Grant(
                    offer.Framework, offer.Role.Value, offer.Agent, sessions[offer.Agent], offer.Resources))]));
        }

        AllocateInverse(lastRound);
        if (Earlier(NextChange(lastRound), NextRound()) is { } next)
        {
            var wait = next - lastRound;
            Timers.StartSingleTimer(ChangeTimer, Round.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }
        else
        {
            Timers.Cancel(ChangeTimer);
        }
    }

    /// <summary>A round may leave work, such as a shared volume that it showed to one framework only.</summary>
    private DateTimeOffset? NextRound() => allocator.HasWork && !allocator.IsAwaitingAgents(lastRound)
        ? lastRound + options.AllocationInterval
        : null;

    private void TellShares() => Sender.Tell(new AllocatorProtocol.Shares(
        frameworks.Keys.ToImmutableDictionary(static id => id, ShareOf),
        allocator.ViewHeldOffers(Now).ToImmutableDictionary(static held => held.Framework)));

    private double ShareOf(FrameworkId id) =>
        allocator.ViewFramework(id).Select(static client => client.DominantShare).DefaultIfEmpty().Max();

    private sealed record Round : INoSerializationVerificationNeeded
    {
        public static Round Instance { get; } = new();
    }
}
