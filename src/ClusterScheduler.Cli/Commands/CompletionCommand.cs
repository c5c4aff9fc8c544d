using System.CommandLine;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched completion SHELL: a script that asks csched itself what could come next.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _csched() {
            local IFS=$'\n'
            COMPREPLY=($(csched "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
            [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o filenames -F _csched csched
        """;

    private const string Zsh = """
        #compdef csched
        _csched() {
            local -a found
            found=("${(@f)$(csched "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            if [ -n "${found[1]}" ]; then compadd -- "${found[@]}"; else _files; fi
        }
        compdef _csched csched
        """;

    private const string Fish = """
        complete -c csched -a '(csched "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    public static Command Build()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script that completes csched's commands in a shell") { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => Fish,
            });
            return ExitCode.Done;
        });
        return command.WithExamples(
            ("source <(csched completion bash)", "in ~/.bashrc"),
            ("csched completion zsh > ~/.zfunc/_csched", "with ~/.zfunc in fpath"),
            ("csched completion fish > ~/.config/fish/completions/csched.fish", "once"));
    }
}
