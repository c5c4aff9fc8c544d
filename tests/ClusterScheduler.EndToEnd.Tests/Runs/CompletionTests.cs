using System.Diagnostics;

namespace ClusterScheduler.EndToEnd.Tests.Runs;

/// <summary>The script of <c>csched completion bash</c>, in a real bash.</summary>
public sealed class CompletionTests
{
    /// <summary>Calls what the script has registered, as bash does when tab is hit at the end of a line.</summary>
    private const string Harness = """
        source <(csched completion bash) || exit 3
        hit() {
            COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<< "$1"
            [[ "$1" != *" " ]] || COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMPREPLY=()
            "$(complete -p csched | sed 's/.*-F \([^ ]*\).*/\1/')" \
                csched "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            echo "${COMPREPLY[*]}"
        }
        hit "$LINE"
        """;

    [Theory]
    [InlineData("csched a", "agent")]
    [InlineData("csched agent li", "list")]
    [InlineData("csched agent list --d", "--data")]
    [InlineData("csched agent list -o ", "json text")]
    [InlineData("csched agent list -o j", "json")]
    [InlineData("csched completion ", "bash fish zsh")]
    [InlineData("csched wei", "weight")]
    [InlineData("csched nothing-like-it", "")]
    [InlineData("csched run j", "")]
    public async Task Only_what_begins_as_the_word_is_offered(string line, string offered) =>
        Assert.Equal(offered, await Hit(line));

    [Fact]
    public async Task The_first_word_may_be_any_command()
    {
        var offered = (await Hit("csched ")).Split(' ');
        Assert.Superset(new HashSet<string> { "agent", "cluster", "job", "node", "run" }, offered.ToHashSet());
        Assert.DoesNotContain(offered, word => word.StartsWith('-') || word.StartsWith('/'));
    }

    private static async Task<string> Hit(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", Harness]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        start.Environment["LINE"] = line;
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal(0, bash.ExitCode);
        return output.Trim();
    }
}
