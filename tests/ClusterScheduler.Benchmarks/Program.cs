using ClusterScheduler.Benchmarks.Harness;

return BenchmarkProgram.Run(args);
