namespace Akka.Contract.Tests.Databases;

/// <summary>Tests of this class are skipped, visibly, where there is no PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;
