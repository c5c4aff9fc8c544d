using ClusterScheduler.Agent.Keeper;

// The keeper must be small and quick: it branches off before anything else is loaded.
return args is [KeeperProgram.Verb, .. var rest] ? KeeperProgram.Run(rest) : 0;
