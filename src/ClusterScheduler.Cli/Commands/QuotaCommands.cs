using System.CommandLine;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched quota list|get|set|remove</summary>
internal static class QuotaCommands
{
    private const string RoleWords = "its whole name, such as eng/web";

    public static Command Build() =>
        new("quota", "Guarantee resources to roles, and limit them") { List(), Get(), Set(), Remove() };

    private static Command List()
    {
        var list = new ClientCommand(RoleCatalogue.Quota);
        list.Action(async call =>
        {
            var path = ClientCall.Path("quota");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var found = await call.Client.Get(path, GatewayJson.Default.QuotaListView, call.Cancelled);
            Write(found.Quota, call.Output);
            return ExitCode.Done;
        });
        return list.Command.WithExamples(("csched quota list", "'csched role list' shows what is consumed of it"));
    }

    private static Command Get()
    {
        var get = new ClientCommand("get", "Show the quota of one role");
        var role = get.Add("ROLE", RoleWords);
        get.Action(async call =>
        {
            var path = ClientCall.Path("quota", call.Parsed.GetRequiredValue(role));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write([await call.Client.Get(path, GatewayJson.Default.QuotaView, call.Cancelled)], call.Output);
            return ExitCode.Done;
        });
        return get.Command.WithExamples(("csched quota get eng", "guarantees and limits of 'eng'"));
    }

    private static Command Set()
    {
        var set = new ClientCommand("set", "Replace the quota of roles: of all that are named, or of none");
        var roles = new Argument<string[]>("ROLE")
        {
            Description = RoleWords + "; several get the same",
            Arity = ArgumentArity.ZeroOrMore,
        };
        set.Command.Add(roles);
        var guarantee = set.Add(Amounts("--guarantee", "What each role is guaranteed"));
        var limit = set.Add(Amounts("--limit", "What each role may use at most"));
        var file = set.Add(new Option<string?>("--file", "-f")
        {
            Description = "Quota of several roles, in the form that 'csched quota list --output json' prints",
            HelpName = "FILE",
        });
        var force = set.Add(Force());
        var dryRun = set.Add(DryRun());
        set.Action(async call =>
        {
            string[] named = call.Parsed.GetValue(roles) ?? [];
            var (guarantees, limits) = (call.Parsed.GetValue(guarantee), call.Parsed.GetValue(limit));
            var wanted = (call.Parsed.GetValue(file), named.Length) switch
            {
                ({ } path, 0) when guarantees is null && limits is null => QuotaFiles.Read(path),
                (null, > 0) => Same(named, guarantees ?? "", limits ?? ""),
                _ => throw new UserException(
                    "name roles with what they get, or a --file that says both", ExitCode.WrongInput),
            };
            var updated = await call.Client.Put(
                Switches(call, ClientCall.Path("quota"), force, dryRun),
                wanted,
                GatewayJson.Default.QuotaListBody,
                GatewayJson.Default.QuotaUpdateView,
                call.Cancelled);
            return call.Say(updated, GatewayJson.Default.QuotaUpdateView, output =>
            {
                output.WriteLine(updated.DryRun ? "it would be accepted:" : "it is so from now on:");
                Write(updated.Quota, output);
            });
        });
        return set.Command.WithExamples(
            ("csched quota set eng --guarantee 'cpus:8;mem:16384' --limit 'cpus:16'", "mem is not limited"),
            ("csched quota set eng --limit cpus:2 --force", "also when more is in use: nothing is killed"),
            ("csched quota set -f quota.json --dry-run", "a role and its sub-roles change together, or none does"));
    }

    private static Command Remove()
    {
        var remove = new ClientCommand("remove", "Take the quota of one role away");
        var role = remove.Add("ROLE", RoleWords);
        var force = remove.Add(Force());
        var dryRun = remove.Add(DryRun());
        remove.Action(async call =>
        {
            var updated = await call.Client.Delete(
                Switches(call, ClientCall.Path("quota", call.Parsed.GetRequiredValue(role)), force, dryRun),
                GatewayJson.Default.QuotaUpdateView, call.Cancelled);
            return call.Say(updated, GatewayJson.Default.QuotaUpdateView, output => output.WriteLine(updated.DryRun
                ? "it would be accepted"
                : $"role {call.Parsed.GetRequiredValue(role)} has no quota any more"));
        });
        return remove.Command.WithExamples(("csched quota remove eng", "neither guarantees nor limits are left"));
    }

    private static string Switches(ClientCall call, string path, Option<bool> force, Option<bool> dryRun)
    {
        var words = call.Parsed.GetValue(force) ? "true" : "false";
        return $"{path}?force={words}&dryRun={(call.Parsed.GetValue(dryRun) ? "true" : "false")}";
    }

    private static QuotaListBody Same(string[] roles, string guarantees, string limits)
    {
        var quota = Read(guarantees, limits);
        if (quota.IsNone)
        {
            throw new UserException(
                "say --guarantee or --limit, or take the quota away with 'csched quota remove'",
                ExitCode.WrongInput);
        }

        var view = QuotaView.Of(QuotaConfig.Of(RoleName.Any, quota));
        return new QuotaListBody
        {
            Quota =
            [
                .. roles.Select(role => new RoleQuotaBody
                {
                    Role = role,
                    Guarantees = view.Guarantees,
                    Limits = view.Limits,
                }),
            ],
        };
    }

    private static Quota Read(string guarantees, string limits)
    {
        try
        {
            return Quota.Parse(guarantees, limits);
        }
        catch (FormatException wrong)
        {
            throw new UserException(wrong.Message, ExitCode.WrongInput);
        }
    }

    private static Option<string?> Amounts(string name, string description) => new(name)
    {
        Description = description + ", as cpus:8;mem:16384",
        HelpName = "AMOUNTS",
    };

    private static Option<bool> Force() => new("--force")
    {
        Description = "Accept limits below what is used and guarantees above what the cluster has",
    };

    private static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "Say whether it would be accepted, and change nothing",
    };

    private static void Write(IReadOnlyList<QuotaView> quota, TextWriter output)
    {
        var table = new TextTable("ROLE", "GUARANTEES", "LIMITS");
        foreach (var each in quota)
        {
            table.Add(each.Role, ResourceLine.Of(each.Guarantees), ResourceLine.Of(each.Limits));
        }

        table.Write(output, Screen.Columns);
    }
}
