using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Contract.Tests.Persistence;

/// <summary>Writes texts as UTF-8; everything else it refuses.</summary>
public sealed class TextSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Binds it to every type.</summary>
    public const string Settings =
        """
        akka.actor {
          serializers.text = "Akka.Contract.Tests.Persistence.TextSerializer, Akka.Contract.Tests"
          serialization-bindings {
            "System.String" = text
            "System.Object" = text
          }
        }
        """;

    public override int Identifier => 4_711;

    public override string Manifest(object o) => "text";

    public override byte[] ToBinary(object obj) => obj is string text
        ? Encoding.UTF8.GetBytes(text)
        : throw new ArgumentException($"{obj.GetType()} is no text.", nameof(obj));

    public override object FromBinary(byte[] bytes, string manifest) => manifest == "text"
        ? Encoding.UTF8.GetString(bytes)
        : throw new ArgumentException($"'{manifest}' is no manifest of texts.", nameof(manifest));
}
