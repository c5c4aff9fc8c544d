using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Cpus, mem, disk and gpus as they lie in memory. A field of a vector's type would be aligned as one: whatever has it
/// would be half as large again.
/// </summary>
[InlineArray(4)]
internal struct FourAmounts
{
    private long first;

    public static implicit operator FourAmounts(Vector256<long> vector) =>
        Unsafe.BitCast<Vector256<long>, FourAmounts>(vector);

    public static implicit operator Vector256<long>(FourAmounts amounts) =>
        Unsafe.BitCast<FourAmounts, Vector256<long>>(amounts);
}
