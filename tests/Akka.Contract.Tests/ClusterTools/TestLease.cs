using System.Collections.Concurrent;
using Akka.Coordination;

namespace Akka.Contract.Tests.ClusterTools;

/// <summary>
/// A lease in this process, named by the configuration of its nodes, which a test takes away and gives.
/// </summary>
public sealed class TestLease(LeaseSettings settings) : Lease(settings)
{
    private static readonly ConcurrentDictionary<string, State> s_states = new(StringComparer.Ordinal);

    private readonly State _state = Of(settings.LeaseConfig.GetString("id"));

    internal static State Of(string id) => s_states.GetOrAdd(id, static _ => new State());

    internal static string Configuration(string id) => $$"""
        test-lease { lease-class = "{{typeof(TestLease).AssemblyQualifiedName}}", id = "{{id}}" }
        akka.cluster.singleton { use-lease = "test-lease", lease-retry-interval = 100ms }
        """;

    public override Task<bool> Acquire() => Acquire(static _ => { });

    public override Task<bool> Acquire(Action<Exception?> leaseLostCallback) =>
        Task.FromResult(_state.TryTake(Settings.OwnerName, leaseLostCallback));

    public override Task<bool> Release()
    {
        _state.GiveBack(Settings.OwnerName);
        return Task.FromResult(true);
    }

    public override bool CheckLease() => _state.Owner == Settings.OwnerName;

    internal sealed class State
    {
        private readonly object _gate = new();
        private Action<Exception?> _lost = static _ => { };

        internal string? Owner { get; private set; }

        internal int Refusals { get; private set; }

        internal bool TryTake(string owner, Action<Exception?> lost)
        {
            lock (_gate)
            {
                if (Owner is not null && Owner != owner)
                {
                    Refusals++;
                    return false;
                }

                (Owner, _lost) = (owner, lost);
                return true;
            }
        }

        internal void GiveBack(string owner)
        {
            lock (_gate)
            {
                if (Owner == owner)
                    Owner = null;
            }
        }

        /// <summary>Another one has it from now on; the holder is told.</summary>
        internal void TakeAway(string newOwner)
        {
            lock (_gate)
                Owner = newOwner;
            _lost(new LeaseException("taken away by the test"));
        }
    }
}
