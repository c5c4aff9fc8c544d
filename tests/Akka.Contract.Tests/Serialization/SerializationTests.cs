using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Akka.Contract.Tests.Serialization;

public sealed class SerializationTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly string s_settings = $$"""
        akka.loglevel = OFF
        akka.actor {
          serializers {
            order = "{{Name(typeof(OrderSerializer))}}"
            special = "{{Name(typeof(SpecialSerializer))}}"
          }
          serialization-bindings {
            "{{Name(typeof(IOrdered))}}" = order
            "{{Name(typeof(Special))}}" = special
          }
          serialization-identifiers { "{{Name(typeof(SpecialSerializer))}}" = 4711 }
        }
        """;

    public SerializationTests()
        : base(ConfigurationFactory.ParseString(s_settings))
    {
    }

    public interface IOrdered;

    [Fact]
    public void A_message_survives_its_serializer()
    {
        var order = new Order("tea", TestActor);
        var serializer = Sys.Serialization.FindSerializerFor(order);
        Assert.IsType<OrderSerializer>(serializer);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, order);
        Assert.Equal("order-1", manifest);
        var back = Sys.Serialization.Deserialize(serializer.ToBinary(order), serializer.Identifier, manifest);
        Assert.Equal(order, back);
    }

    [Fact]
    public void A_reference_in_a_message_can_be_sent_to()
    {
        var order = new Order("tea", TestActor);
        var serializer = Sys.Serialization.FindSerializerFor(order);
        var back = (Order)Sys.Serialization.Deserialize(serializer.ToBinary(order), serializer.Identifier, "order-1");
        back.Customer.Tell("ready", ActorRefs.NoSender);
        ExpectMsg("ready");
    }

    [Fact]
    public void The_most_specific_binding_decides() =>
        Assert.IsType<SpecialSerializer>(Sys.Serialization.FindSerializerFor(new Special()));

    [Fact]
    public void The_identifier_can_come_from_settings() =>
        Assert.Equal(4711, Sys.Serialization.FindSerializerFor(new Special()).Identifier);

    [Fact]
    public void An_unknown_id_is_an_error() => Assert.Throws<System.Runtime.Serialization.SerializationException>(
        () => Sys.Serialization.Deserialize([], 99_999, "x"));

    [Fact]
    public void Bytes_stay_bytes()
    {
        byte[] bytes = [1, 2, 3];
        var serializer = Sys.Serialization.FindSerializerFor(bytes);
        Assert.Equal(4, serializer.Identifier);
        Assert.Equal(bytes, serializer.ToBinary(bytes));
    }

    [Fact]
    public void Nobody_has_no_path() =>
        Assert.Equal("", Akka.Serialization.Serialization.SerializedActorPath(ActorRefs.NoSender));

    [Fact]
    public void With_serialize_messages_every_message_makes_the_round_trip()
    {
        var forced = ConfigurationFactory.ParseString("akka.actor.serialize-messages = on")
            .WithFallback(ConfigurationFactory.ParseString(s_settings));
        var system = ActorSystem.Create("forced", forced);
        try
        {
            var probe = CreateTestProbe(system);
            var order = new Order("tea", probe.Ref);
            probe.Ref.Tell(order, ActorRefs.NoSender);
            var received = probe.ExpectMsg<Order>();
            Assert.Equal(order, received);
            Assert.NotSame(order, received);
            var kept = new Kept();
            probe.Ref.Tell(kept, ActorRefs.NoSender);
            Assert.Same(kept, probe.ExpectMsg<Kept>());
        }
        finally
        {
            Shutdown(system);
        }
    }

    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    public sealed record Order(string What, IActorRef Customer) : IOrdered;

    public sealed record Special : IOrdered;

    public sealed record Kept : INoSerializationVerificationNeeded;

    public sealed class OrderSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 1001;

        public override string Manifest(object o) => "order-1";

        public override byte[] ToBinary(object obj)
        {
            var order = (Order)obj;
            var customer = Akka.Serialization.Serialization.SerializedActorPath(order.Customer);
            return Encoding.UTF8.GetBytes($"{order.What}|{customer}");
        }

        public override object FromBinary(byte[] bytes, string manifest)
        {
            var parts = Encoding.UTF8.GetString(bytes).Split('|');
            return new Order(parts[0], system.Provider.ResolveActorRef(parts[1]));
        }
    }

    public sealed class SpecialSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, Type type) => new Special();
    }
}
