using System.Security.Cryptography;
using System.Text;
using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>Who is at one end of a connection: its address, and the uid of this run of it.</summary>
internal readonly record struct Peer(Address Address, long Uid);

/// <summary>
/// The first frames of a connection. Both ends prove that they know the shared secret, each over a number of the
/// other's choice, so that a recorded proof is worth nothing.
/// </summary>
internal static class Handshake
{
    internal const int Version = 1;

    internal static byte[] NewChallenge() => RandomNumberGenerator.GetBytes(16);

    internal static byte[] Proof(string secret, byte[] challenge, Peer of)
    {
        var text = Encoding.UTF8.GetBytes($"{of.Address}|{of.Uid}|{Convert.ToHexString(challenge)}");
        return HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text);
    }

    internal static bool IsProof(string secret, byte[] challenge, Peer of, ReadOnlySpan<byte> proof) =>
        CryptographicOperations.FixedTimeEquals(Proof(secret, challenge, of), proof);

    internal static void WriteChallenge(FrameWriter writer, byte[] challenge)
    {
        writer.Begin(FrameKind.Challenge);
        writer.Int32(Version);
        writer.Bytes(challenge);
        writer.End();
    }

    /// <param name="writer">Gets the frame.</param>
    /// <param name="kind">Hello or Welcome.</param>
    /// <param name="self">Who says it.</param>
    /// <param name="proof">Over the other's challenge.</param>
    /// <param name="extra">Hello: the challenge for the other end, and whom it is meant for.</param>
    internal static void WriteSelf(
        FrameWriter writer, FrameKind kind, Peer self, byte[] proof, (byte[] Challenge, string To)? extra)
    {
        writer.Begin(kind);
        writer.Int32(Version);
        writer.Text(self.Address.ToString());
        writer.Int64(self.Uid);
        writer.Bytes(proof);
        if (extra is { } hello)
        {
            writer.Bytes(hello.Challenge);
            writer.Text(hello.To);
        }

        writer.End();
    }

    internal static void WriteRefusal(FrameWriter writer, RefusalKind kind, string reason)
    {
        writer.Begin(FrameKind.Refused);
        writer.Byte((byte)kind);
        writer.Text(reason);
        writer.End();
    }

    internal static Peer ReadPeer(ref FrameReader reader)
    {
        var version = reader.Int32();
        if (version != Version)
            throw new WireException(
                $"The other end speaks version {version} of the protocol, this one {Version}.",
                RefusalKind.OtherVersion);
        var text = reader.Text();
        if (!Address.TryParse(text, out var address))
            throw new WireException($"'{Notices.Quote(text)}' is no address.");
        return new Peer(address, reader.Int64());
    }
}
