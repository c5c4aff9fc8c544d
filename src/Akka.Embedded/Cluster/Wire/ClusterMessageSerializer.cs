using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Wire;

/// <summary>What memberships say to each other, in bytes.</summary>
internal sealed class ClusterMessageSerializer : SerializerWithStringManifest
{
    public ClusterMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override string Manifest(object o) => o switch
    {
        JoinRequest => "J",
        AskInstead => "I",
        JoinRefused => "R",
        WhoIsThere => "W",
        HereIs => "T",
        FullList => "F",
        ListChanges => "C",
        Heartbeat => "H",
        LeaseGranted => "G",
        NotMember => "N",
        LeaderHere => "L",
        LeaderResigned => "E",
        LeaveRequest => "V",
        DownRequest => "D",
        Stopped => "S",
        _ => throw new ArgumentException($"{o.GetType()} is no message of the membership.", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new FrameWriter();
        switch (obj)
        {
            case JoinRequest join:
                writer.Int32(join.Protocol);
                MemberCodec.Write(writer, join.Node);
                MemberCodec.Write(writer, join.Applicant!);
                break;
            case AskInstead instead:
                MemberCodec.Write(writer, instead.From);
                writer.Byte(instead.Leader is null ? (byte)0 : (byte)1);
                if (instead.Leader is not null)
                    MemberCodec.Write(writer, instead.Leader);
                break;
            case JoinRefused refused:
                writer.Int32((int)refused.Reason);
                writer.Text(refused.Text);
                break;
            case WhoIsThere who:
                MemberCodec.Write(writer, who.Asking);
                break;
            case HereIs here:
                MemberCodec.Write(writer, here.Node);
                break;
            case LeaveRequest leave:
                writer.Text(leave.Address.ToString());
                break;
            case DownRequest down:
                writer.Text(down.Address.ToString());
                break;
            case Stopped stopped:
                MemberCodec.Write(writer, stopped.Node);
                break;
            case Heartbeat beat:
                MemberCodec.Write(writer, beat.Node);
                writer.Int64(beat.Number);
                writer.Int64(beat.Version);
                break;
            default:
                WriteOfLeader(writer, obj);
                break;
        }

        return writer.Written.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new FrameReader(bytes);
        switch (manifest)
        {
            case "J": return ReadJoin(ref reader);
            case "I":
                return new AskInstead(
                    MemberCodec.ReadNode(ref reader), reader.Byte() == 0 ? null : MemberCodec.ReadNode(ref reader));
            case "R": return new JoinRefused((JoinRefusal)reader.Int32(), reader.Text());
            case "W": return new WhoIsThere(MemberCodec.ReadNode(ref reader));
            case "T": return new HereIs(MemberCodec.ReadNode(ref reader));
            case "F": return ReadFullList(ref reader);
            case "C": return ReadChanges(ref reader);
            case "H": return new Heartbeat(MemberCodec.ReadNode(ref reader), reader.Int64(), reader.Int64());
            case "G":
                return new LeaseGranted(
                    reader.Int64(), MemberCodec.ReadNode(ref reader), reader.Int64(), new TimeSpan(reader.Int64()));
            case "N":
                return new NotMember(
                    reader.Int64(), MemberCodec.ReadNode(ref reader), MemberCodec.ReadNode(ref reader));
            case "L": return new LeaderHere(reader.Int64(), MemberCodec.ReadNode(ref reader));
            case "E": return new LeaderResigned(reader.Int64());
            case "V": return new LeaveRequest(MemberCodec.ReadAddress(ref reader));
            case "D": return new DownRequest(MemberCodec.ReadAddress(ref reader));
            case "S": return new Stopped(MemberCodec.ReadNode(ref reader));
            default: throw new SerializationException($"'{manifest}' is no manifest of the membership's messages.");
        }
    }

    private static void WriteOfLeader(FrameWriter writer, object message)
    {
        switch (message)
        {
            case FullList full:
                writer.Int64(full.Epoch);
                MemberCodec.Write(writer, full.Leader);
                MemberCodec.Write(writer, full.Store);
                writer.Int64(full.MemberLease.Ticks);
                writer.Int64(full.List.Version);
                MemberCodec.WriteEntries(writer, [.. full.List.Entries]);
                break;
            case ListChanges changes:
                writer.Int64(changes.Epoch);
                MemberCodec.Write(writer, changes.Leader);
                writer.Int32(changes.Changes.Length);
                foreach (var change in changes.Changes)
                    MemberCodec.Write(writer, change);
                break;
            case LeaseGranted granted:
                writer.Int64(granted.Epoch);
                MemberCodec.Write(writer, granted.Leader);
                writer.Int64(granted.Number);
                writer.Int64(granted.Lease.Ticks);
                break;
            case NotMember not:
                writer.Int64(not.Epoch);
                MemberCodec.Write(writer, not.Leader);
                MemberCodec.Write(writer, not.Node);
                break;
            case LeaderHere here:
                writer.Int64(here.Epoch);
                MemberCodec.Write(writer, here.Leader);
                break;
            case LeaderResigned resigned:
                writer.Int64(resigned.Epoch);
                break;
            default:
                throw new ArgumentException($"{message.GetType()} is no message of the membership.", nameof(message));
        }
    }

    /// <summary>What another version of the protocol says after its number is not read.</summary>
    private static JoinRequest ReadJoin(ref FrameReader reader)
    {
        var (protocol, node) = (reader.Int32(), MemberCodec.ReadNode(ref reader));
        return new JoinRequest(
            protocol, node, protocol == JoinRequest.CurrentProtocol ? MemberCodec.ReadApplicant(ref reader) : null);
    }

    private static FullList ReadFullList(ref FrameReader reader)
    {
        var (epoch, leader) = (reader.Int64(), MemberCodec.ReadNode(ref reader));
        var (store, lease) = (MemberCodec.ReadStore(ref reader), new TimeSpan(reader.Int64()));
        var version = reader.Int64();
        return new FullList(
            epoch, leader, store, lease, MemberList.Of(version, MemberCodec.ReadEntries(ref reader)));
    }

    private static ListChanges ReadChanges(ref FrameReader reader)
    {
        var (epoch, leader) = (reader.Int64(), MemberCodec.ReadNode(ref reader));
        var changes = ImmutableArray.CreateBuilder<ListChange>();
        for (var count = reader.Int32(); count > 0; count--)
            changes.Add(MemberCodec.ReadChange(ref reader));
        return new ListChanges(epoch, leader, changes.ToImmutable());
    }
}
