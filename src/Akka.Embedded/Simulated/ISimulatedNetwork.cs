using Akka.Actor;

namespace Akka.Simulated;

/// <summary>Carries frames between the nodes of a simulation, as late, as often and in which order it likes.</summary>
internal interface ISimulatedNetwork
{
    void Send(SimulatedNode from, Address to, SimulatedFrame frame);
}
