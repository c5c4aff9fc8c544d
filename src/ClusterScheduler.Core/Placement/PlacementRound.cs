using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Core.Placement;

/// <summary>The books of one round: what is free on each agent and how far limits are used, as tasks are placed and
/// taken back.</summary>
internal sealed class PlacementRound
{
    private readonly Amounts[] _free;
    private readonly int[] _taken;
    private readonly Dictionary<(int Group, string Attribute, string Value), int> _counts = [];
    private readonly JobConstraint.Limit[][] _limits;
    private readonly bool?[][] _admitted;

    public PlacementRound(PlacementRequest request)
    {
        Request = request;
        _free = [.. request.Agents.Select(agent => agent.Free)];
        _taken = [.. request.Agents.Select(agent => agent.Taken)];
        _limits = [.. request.Groups.Select(group => group.Constraints.OfType<JobConstraint.Limit>().ToArray())];
        _admitted = [.. request.Groups.Select(_ => new bool?[request.Agents.Length])];
        for (var group = 0; group < request.Groups.Length; group++)
        {
            foreach (var running in request.Groups[group].Running)
            {
                _counts[(group, running.Attribute, running.Value)] = running.Count;
            }
        }
    }

    public PlacementRequest Request { get; }

    public Amounts Free(int agent) => _free[agent];

    public bool CanPlace(int group, int agent) =>
        _free[agent].Covers(Request.Groups[group].Need) && HasRoom(group, agent) && IsAdmitted(group, agent);

    /// <summary>Why not; empty when it can be placed. The first level with a veto is the answer.</summary>
    public ImmutableArray<Veto> Vetoes(int group, int agent)
    {
        var (wanted, at) = (Request.Groups[group], Request.Agents[agent]);
        if (VetoRules.OfMaintenance(at) is { } leaving)
        {
            return [leaving];
        }

        if (VetoRules.OfConstraints(wanted.Constraints, at) is { IsEmpty: false } mismatches)
        {
            return mismatches;
        }

        foreach (var limit in _limits[group])
        {
            if (VetoRules.OfLimit(limit, Count(group, limit, at)) is { } reached)
            {
                return [reached];
            }
        }

        return VetoRules.OfPerAgent(Request.PerAgent, _taken[agent]) is { } full
            ? [full]
            : VetoRules.OfResources(wanted.Need, _free[agent], at.Total);
    }

    public void Place(int group, int agent) => Change(group, agent, 1);

    public void TakeBack(int group, int agent) => Change(group, agent, -1);

    private bool IsAdmitted(int group, int agent) => _admitted[group][agent] ??=
        VetoRules.OfMaintenance(Request.Agents[agent]) is null
        && VetoRules.OfConstraints(Request.Groups[group].Constraints, Request.Agents[agent]).IsEmpty;

    private bool HasRoom(int group, int agent)
    {
        if (VetoRules.OfPerAgent(Request.PerAgent, _taken[agent]) is not null)
        {
            return false;
        }

        foreach (var limit in _limits[group])
        {
            if (VetoRules.OfLimit(limit, Count(group, limit, Request.Agents[agent])) is not null)
            {
                return false;
            }
        }

        return true;
    }

    private int Count(int group, JobConstraint.Limit limit, PlacementAgent agent) =>
        _counts.GetValueOrDefault((group, limit.Attribute, agent.Attribute(limit.Attribute) ?? ""));

    private void Change(int group, int agent, int sign)
    {
        var need = Request.Groups[group].Need;
        _free[agent] = sign > 0 ? _free[agent] - need : _free[agent] + need;
        _taken[agent] += sign;
        foreach (var limit in _limits[group])
        {
            var key = (group, limit.Attribute, Request.Agents[agent].Attribute(limit.Attribute) ?? "");
            _counts[key] = _counts.GetValueOrDefault(key) + sign;
        }
    }
}
