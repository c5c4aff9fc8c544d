using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Gateway.Agents;

/// <summary>What the route of operations reads from a body.</summary>
internal static class OperationRequests
{
    /// <summary>The operation; a body that is none is refused with the member that is wrong.</summary>
    public static ResourceOperation Read(OperationBody body)
    {
        if (!Enum.TryParse<OperationKind>(body.Kind, ignoreCase: true, out var kind) || !Enum.IsDefined(kind)
            || int.TryParse(body.Kind, out _))
        {
            throw Bad(
                $"'kind' is '{body.Kind}'; write reserve, unreserve, create, destroy, growVolume or shrinkVolume");
        }

        var resizes = kind is OperationKind.GrowVolume or OperationKind.ShrinkVolume;
        if (resizes != body.Amount.HasValue)
        {
            throw Bad("'amount' belongs to growVolume and shrinkVolume, and to no other kind");
        }

        if (body.Source is not null && kind != OperationKind.Reserve)
        {
            throw Bad("'source' belongs to reserve, and to no other kind");
        }

        var resources = Resources("resources", body.Resources);
        return new ResourceOperation(kind, resources)
        {
            Source = Resources("source", body.Source ?? ""),
            Change = resizes ? OperationRules.DiskBeside(resources, Amount(body.Amount!.Value)) : ResourceSet.Empty,
        };
    }

    private static ResourceSet Resources(string member, string text) =>
        ResourceSet.TryParse(text, out var resources, out var wrong)
            ? resources
            : throw Bad($"'{member}' is '{text}': {wrong}");

    private static Scalar Amount(decimal units) => Scalar.TryCreate(units, out var amount, out var wrong)
        ? amount
        : throw Bad($"'amount' is {units}: {wrong.InWords()}");

    private static ProblemException Bad(string words) => new(400, "bad-body", words);
}
