using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>Writes the benchmark's events, which are texts, as UTF-8.</summary>
public sealed class EventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 9_001;

    public override string Manifest(object o) => "text";

    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes((string)obj);

    public override object FromBinary(byte[] bytes, string manifest) => Encoding.UTF8.GetString(bytes);
}
