global using ClusterScheduler.Core.Agents;
global using ClusterScheduler.Core.Frameworks;
global using ClusterScheduler.Core.Tasks;
