using Akka.Contract.Tests.Databases;
using ClusterScheduler.EndToEnd.Tests.Harness;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>Nodes that do not belong: each ends with its own message and exit code, and harms nobody.</summary>
public sealed class BadNodeTests
{
    [Fact]
    public async Task Each_is_refused_for_its_own_reason_and_the_cluster_goes_on()
    {
        await using var cluster = RealCluster.WithDefaults().WithAllRoles(1);
        var (workspace, good) = (cluster.Workspace, cluster.Masters[0]);
        workspace.File("other-secret", "two");
        var port = new Uri(good.Address).Port;
        var silent = FreePorts.Take(1)[0];
        var store = $"sqlite:{workspace.Inside("store.db")}";
        Directory.CreateDirectory(workspace.Inside("of-another"));
        workspace.File(Path.Combine("of-another", "cluster-id"), "0123456789ab\n");
        string[] secret = ["--secret-file", cluster.SecretFile];
        string[] agent = ["--roles", "agent", "--seed", good.Address];

        if (Engine.IsEmbedded)
        {
            await Refused(21, "shared secret", "a", [.. agent, "--secret-file", workspace.Inside("other-secret")]);
            await Refused(17, "its store", "d",
                ["--store", $"sqlite:{workspace.Inside("other.db")}", "--seed", good.Address, .. secret]);
        }

        var (exit, why) = Engine.IsEmbedded ? (22, "it looks for akka.tcp://other@") : (20, "no seed took");
        await Refused(exit, why, "b",
            ["--roles", "agent", "--name", "other", "--seed", $"akka.tcp://other@127.0.0.1:{port}", .. secret]);
        await Refused(10, "another process listens there", "c", [.. agent, .. secret], bind: port);
        await Refused(10, "--port PORT", "c",
            ["--roles", "gateway", "--seed", good.Address, .. secret, "--port", $"{port}"]);
        await Refused(11, "uses the directory", good.Name, [.. agent, .. secret]);
        await Refused(12, "is that of the cluster 0123456789ab", "of-another", [.. agent, .. secret]);
        await Refused(17, "is that of the cluster 'csched'", "e", ["--store", store, "--name", "other", .. secret]);
        await Refused(13, "another kind of file", "f",
            ["--store", $"sqlite:{workspace.File("text", new string('x', 4096))}", .. secret]);
        await Refused(20, "no seed took this node in within 2 s", "g",
            [
                "--roles", "agent", "--seed", $"akka.tcp://csched@127.0.0.1:{silent}", .. secret,
                "--config", workspace.File("soon.conf", "cluster-scheduler.cluster.join-timeout = 2s"),
            ]);
        Directory.CreateDirectory(workspace.Inside(Path.Combine("copy", "agent")));
        File.Copy(
            workspace.Inside(Path.Combine(good.Name, "agent", "agent-id")),
            workspace.Inside(Path.Combine("copy", "agent", "agent-id")));
        await Refused(25, "was the data directory copied?", "copy", [.. agent, .. secret]);
        await Refused(2, "there is no role 'boss'", "h", ["--roles", "boss"]);
        await Refused(2, "is on another one", "i",
            ["--roles", "agent", .. secret, "--seed", "akka.tcp://csched@192.0.2.1:4053"]);

        Assert.False(good.Process.HasExited);
        var agents = await good.Ask("agent", "list");
        Assert.Contains("active", agents.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 2", good.Process.Output, StringComparison.Ordinal);

        Task Refused(int exitCode, string said, string name, string[] options, int bind = 0) =>
            IsRefused(workspace, exitCode, said, name, options, $"127.0.0.1:{bind}");
    }

    /// <summary>What only one engine asks of those who would join.</summary>
    [Fact]
    public async Task One_that_takes_anothers_address_or_has_other_settings_harms_nobody()
    {
        if (!Engine.IsEmbedded)
        {
            return;
        }

        await using var cluster = RealCluster.WithDefaults().WithAllRoles(2);
        var (workspace, leader, other) = (cluster.Workspace, cluster.Masters[0], cluster.Masters[1]);
        string[] seed = ["--seed", other.Address];
        string[] agent = ["--roles", "agent", .. seed, "--secret-file", cluster.SecretFile];
        var shards = workspace.File("shards.conf", "cluster-scheduler.cluster.shards = 50");

        await IsRefused(
            workspace, 10, "is the address of another node, which answers there", "copied",
            [.. agent, "--public-address", "127.0.0.1"], $"127.0.0.3:{new Uri(leader.Address).Port}");
        await IsRefused(workspace, 2, "cluster.shards = 50", "divided", [.. agent, "--config", shards]);
        await IsRefused(
            workspace, 2, "cluster.leader-lease = 700ms", "hasty", [.. agent, "--profile", "fast-failover"]);
        await IsRefused(
            workspace, 2, "shards = 100, and this node has 50", "hosting",
            [.. seed, "--store", $"sqlite:{workspace.Inside("store.db")}", "--secret-file", cluster.SecretFile,
                "--config", shards]);
        await IsRefused(
            workspace, 21, $"{other.Address} refuses: the shared secret", "unlucky",
            [
                "--roles", "agent", .. seed, "--seed", $"akka.tcp://csched@127.0.0.1:{FreePorts.Take(1)[0]}",
                "--secret-file", workspace.File("wrong-secret", "two"),
                "--config", workspace.File("soon.conf", "cluster-scheduler.cluster.join-timeout = 3s"),
            ]);

        foreach (var node in cluster.Masters)
        {
            Assert.False(node.Process.HasExited);
            Assert.DoesNotContain("epoch 2", node.Process.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("starting anew", node.Process.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_whose_seed_says_nothing_or_speaks_another_version()
    {
        using var workspace = new Workspace();
        using var silent = new FakeSeed([]);
        var soon = workspace.File("soon.conf", "cluster-scheduler.cluster.join-timeout = 2s");
        await IsRefused(
            workspace, 20, "no seed took this node in within 2 s", "a",
            ["--roles", "agent", "--seed", silent.Address, "--config", soon]);
        if (Engine.IsEmbedded)
        {
            using var later = new FakeSeed(FakeSeed.ChallengeOf(version: 99));
            await IsRefused(
                workspace, 23, "speaks version 99", "b", ["--roles", "agent", "--seed", later.Address]);
        }
    }

    [Fact]
    public async Task One_whose_store_was_written_by_a_newer_program()
    {
        using var workspace = new Workspace();
        var store = workspace.Inside("newer.db");
        await using (var connection = new SqliteConnection($"Data Source={store};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var newer = connection.CreateCommand();
            newer.CommandText =
                "CREATE TABLE csched_store (part VARCHAR(64) PRIMARY KEY, value VARCHAR(255) NOT NULL);"
                + "INSERT INTO csched_store VALUES ('layout', '99')";
            await newer.ExecuteNonQueryAsync();
        }

        await IsRefused(workspace, 15, "a newer csched has written it", "a", ["--store", $"sqlite:{store}"]);
    }

    [PostgresFact]
    public async Task One_that_the_store_does_not_know()
    {
        using var workspace = new Workspace();
        var postgres = PostgresCluster.Shared;
        postgres.Execute("postgres", $"CREATE ROLE {PostgresCluster.Guarded} LOGIN PASSWORD $$right$$");
        await Refused(14, "refuses the user name or the password", "stranger", "postgres");
        await Refused(14, "refuses the user name or the password", $"{PostgresCluster.Guarded}:wrong", "postgres");
        await Refused(14, "asks for a password, and none is given", PostgresCluster.Guarded, "postgres");
        await Refused(14, "does not let this user make tables", $"{PostgresCluster.Guarded}:right", "postgres");
        await Refused(13, "has no database of that name", "tests", "nowhere");

        Task Refused(int exitCode, string said, string user, string database) => IsRefused(
            workspace, exitCode, said, "a",
            ["--store", $"postgresql://{user}@127.0.0.1:{postgres.Port}/{database}"]);
    }

    [PostgresFact]
    public async Task One_whose_server_has_what_a_newer_program_wrote()
    {
        using var workspace = new Workspace();
        var postgres = PostgresCluster.Shared;
        var database = new NpgsqlConnectionStringBuilder(postgres.CreateDatabase()).Database!;
        postgres.Execute(
            database, "CREATE TABLE csched_store (part VARCHAR(64) PRIMARY KEY, value VARCHAR(255) NOT NULL)");
        postgres.Execute(database, "INSERT INTO csched_store VALUES ($$layout$$, $$99$$)");

        await IsRefused(
            workspace, 15, "a newer csched has written it", "a",
            ["--store", $"postgresql://tests@127.0.0.1:{postgres.Port}/{database}"]);
    }

    [Fact]
    public async Task One_whose_server_is_too_old()
    {
        using var workspace = new Workspace();
        using var old = new FakePostgres("14.9");
        await IsRefused(
            workspace, 16, "is PostgreSQL 14.9; it must be 15 or newer", "a",
            ["--store", $"postgresql://tests@127.0.0.1:{old.Port}/tests?Server Compatibility Mode=NoTypeLoading"]);
    }

    [ClockFact]
    public async Task One_whose_clock_is_minutes_off()
    {
        await using var cluster = RealCluster.WithDefaults().With(masters: 1, agents: 0);
        var seed = cluster.Masters[0];
        foreach (var off in (string[])["-10m", "+10m"])
        {
            var ended = await Csched.RunUnder(
                cluster.Workspace, OtherClock.Command(off),
                [
                    "node", "--data", cluster.Workspace.Inside(off), "--bind", "127.0.0.1:0", "--roles", "agent",
                    "--seed", seed.Address, "--secret-file", cluster.SecretFile,
                ]);
            Assert.True(ended.ExitCode == 24 && ended.Errors.Contains("NTP", StringComparison.Ordinal), $"{ended}");
        }

        Assert.False(seed.Process.HasExited);
    }

    [Fact]
    public async Task One_whose_agent_was_declared_gone()
    {
        await using var cluster = RealCluster.WithDefaults().With(masters: 1, agents: 1);
        var (master, agent) = (cluster.Masters[0], cluster.Agents[0]);
        agent.WaitFor("agent registered");
        await agent.Kill();
        Assert.Equal(0, (await master.Ask("agent", "gone", agent.Name, "--yes")).ExitCode);

        agent.Begin();
        var ended = await agent.Process.Ended();

        Assert.True(ended.ExitCode == 26 && ended.Errors.Contains("gone", StringComparison.Ordinal), $"{ended}");
        Assert.False(master.Process.HasExited);
    }

    [Fact]
    public async Task Nobody_listens_to_other_machines_without_a_proof()
    {
        using var workspace = new Workspace();
        var open = await Csched.Run(workspace, "node", "--data", workspace.Data, "--bind", "0.0.0.0:0");
        Assert.Equal(2, open.ExitCode);
        Assert.Contains(
            Engine.IsEmbedded ? "--secret-file" : "TLS", open.Errors, StringComparison.Ordinal);
        Assert.Contains("--public-address", open.Errors, StringComparison.Ordinal);
    }

    private static async Task IsRefused(
        Workspace workspace, int exitCode, string said, string name, string[] options, string bind = "127.0.0.1:0")
    {
        string[] node = ["node", "--data", workspace.Inside(name), "--bind", bind];
        string[] gateway = options.Contains("--port") ? [] : ["--port", "0"];
        var ended = await Csched.Run(workspace, [.. node, .. gateway, .. options]);
        Assert.True(ended.ExitCode == exitCode && ended.Errors.Contains(said, StringComparison.Ordinal),
            $"expected {exitCode}, '{said}': {ended}");
    }
}
