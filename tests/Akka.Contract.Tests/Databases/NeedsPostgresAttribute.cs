namespace Akka.Contract.Tests.Databases;

/// <summary>The <see cref="StoreFactAttribute"/>s of this class are skipped, visibly, where there is no PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;
