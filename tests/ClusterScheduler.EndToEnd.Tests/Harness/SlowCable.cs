using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// A cable between two TAP devices of this machine: every frame that goes in at one end comes out at the other, after
/// the delay of now, in order. What netem does where the kernel has it. It ends when its devices are deleted.
/// </summary>
internal sealed partial class SlowCable
{
    private const string Device = "/dev/net/tun";

    // linux/if_tun.h: frames with their Ethernet header, and nothing before it.
    private const uint SetInterface = 0x400454ca;
    private const short TapWithoutInfo = 0x1002;
    private const int RequestBytes = 40;
    private const int NameBytesMax = 15;
    private const int FrameBytesMax = 2048;

    private long _delayTicks;

    /// <summary>Makes both devices, which are down.</summary>
    public SlowCable(string one, string other)
    {
        var (near, far) = (Open(one), Open(other));
        Relay(near, far, one);
        Relay(far, near, other);
    }

    /// <summary>How long a frame takes from now on; those on their way take as long as was said then.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    private void Relay(FileStream from, FileStream to, string name)
    {
        var under = new BlockingCollection<(long Due, byte[] Frame)>();
        Run(name + " in", () =>
        {
            var frame = new byte[FrameBytesMax];
            while (Read(from, frame) is > 0 and var length)
            {
                under.Add((Stopwatch.GetTimestamp() + InStopwatchTicks(Delay), frame[..length]));
            }

            under.CompleteAdding();
        });
        Run(name + " out", () =>
        {
            using var never = new ManualResetEventSlim();
            foreach (var (due, frame) in under.GetConsumingEnumerable())
            {
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var left && left > TimeSpan.Zero)
                {
                    never.Wait(left);
                }

                Write(to, frame);
            }
        });
    }

    private static long InStopwatchTicks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static void Run(string name, ThreadStart body) =>
        new Thread(body) { IsBackground = true, Name = name }.Start();

    /// <returns>The frame's length; 0 when the device was deleted.</returns>
    private static int Read(FileStream device, byte[] frame)
    {
        try
        {
            return device.Read(frame);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void Write(FileStream device, byte[] frame)
    {
        try
        {
            device.Write(frame);
        }
        catch (IOException)
        {
            // The device is down, or was deleted: the frame is lost, as on a cable that is pulled.
        }
    }

    private static FileStream Open(string name)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.ASCII.GetByteCount(name), NameBytesMax);
        var device = File.OpenHandle(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var request = new byte[RequestBytes];
        Encoding.ASCII.GetBytes(name, request);
        BinaryPrimitives.WriteInt16LittleEndian(request.AsSpan(NameBytesMax + 1), TapWithoutInfo);
        if (Control(device, SetInterface, request) != 0)
        {
            var error = Marshal.GetLastPInvokeErrorMessage();
            device.Dispose();
            throw new InvalidOperationException($"{Device} gives no device {name}: {error}");
        }

        return new FileStream(device, FileAccess.ReadWrite, bufferSize: 0);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle device, nuint request, byte[] argument);
}
