using System.Runtime.InteropServices;
using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Wakes the keeper's loop when any child has ended. It only looks (WNOWAIT): the loop alone reaps, so a pid that the
/// loop is about to signal can never have gone to another process meanwhile.
/// </summary>
internal sealed class Reaper : IDisposable
{
    private const int StackBytes = 64 * 1024;

    private readonly int _wakeUp;
    private readonly AutoResetEvent _lookAgain = new(initialState: false);

    /// <param name="wakeUp">Event descriptor that the loop polls.</param>
    public Reaper(int wakeUp)
    {
        _wakeUp = wakeUp;
        new Thread(Watch, StackBytes) { IsBackground = true, Name = "reaper" }.Start();
    }

    /// <summary>All that had ended is reaped, or there is a new child.</summary>
    public void LookAgain() => _lookAgain.Set();

    /// <summary>The thread stays where it is until the process ends, which is next.</summary>
    public void Dispose() => _lookAgain.Dispose();

    private unsafe void Watch()
    {
        var info = stackalloc byte[128];
        var one = 1UL;
        while (true)
        {
            var result = Libc.WaitId(Libc.WaitAll, 0, info, Libc.WaitExited | Libc.WaitNoReap);
            if (result == 0)
            {
                _ = Libc.Write(_wakeUp, (byte*)&one, sizeof(ulong));
            }
            else if (Marshal.GetLastPInvokeError() == Libc.Eintr)
            {
                continue;
            }

            // Either the loop has to reap first, or there is no child at all until it starts one.
            _lookAgain.WaitOne();
        }
    }
}
