global using Akka.Actor;
global using ClusterScheduler.Core.Agents;
global using ClusterScheduler.Core.Frameworks;
global using ClusterScheduler.Core.Tasks;
global using ClusterScheduler.Protocol;
