using System.CommandLine;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched completion SHELL: a script that asks csched itself what could come next.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # csched says what could stand here; of that, what begins as the word does. With nothing, bash offers files.
        _csched() {
            local program="${1/#\~/$HOME}" word="$2" found
            local IFS=$'\n'
            COMPREPLY=()
            for found in $("$program" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null); do
                case "$found" in
                    /*|'-?') continue ;;
                    -*) [[ "$word" == -* ]] || continue ;;
                esac
                [[ "$found" == "$word"* ]] && COMPREPLY+=("$found")
            done
        }
        complete -o bashdefault -o default -F _csched csched
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
