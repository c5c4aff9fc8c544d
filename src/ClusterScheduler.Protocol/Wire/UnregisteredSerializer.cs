using Akka.Serialization;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// Bound to <c>System.Object</c>: refuses everything that no other serializer claims, so that nothing leaves the
/// process by accident in a form that nobody decided on.
/// </summary>
public sealed class UnregisteredSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <summary>Never stored.</summary>
    public const int UnregisteredIdentifier = 7302;

    /// <inheritdoc/>
    public override int Identifier => UnregisteredIdentifier;

    /// <inheritdoc/>
    public override bool IncludeManifest => true;

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">Always.</exception>
    public override byte[] ToBinary(object obj) => throw new WireFormatException(
        $"{obj?.GetType()} must not leave the process: it is no IWireMessage and no stored event. "
        + "Give it that marker and a name in WireManifests, or INoSerializationVerificationNeeded if it stays here");

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new WireFormatException($"{type} was written by another program: no serializer of this one wrote it");
}
