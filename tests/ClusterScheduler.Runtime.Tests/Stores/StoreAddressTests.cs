using ClusterScheduler.Runtime.Stores;

namespace ClusterScheduler.Runtime.Tests.Stores;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("", StoreKind.Sqlite, "SQLite, /data/journal.db")]
    [InlineData("sqlite:/var/lib/c.db", StoreKind.Sqlite, "SQLite, /var/lib/c.db")]
    [InlineData("sqlite:c.db", StoreKind.Sqlite, "SQLite, /data/c.db")]
    [InlineData("postgresql://ann:p%40@db:5433/csched", StoreKind.Postgres, "PostgreSQL, db:5433/csched")]
    [InlineData("postgres://db.example/csched", StoreKind.Postgres, "PostgreSQL, db.example:5432/csched")]
    [InlineData("Host=db.example;Database=c;Password=x", StoreKind.Postgres, "PostgreSQL, db.example:5432/c")]
    public void Every_form_is_read_and_shown_without_its_password(string url, StoreKind kind, string display)
    {
        Assert.True(StoreAddress.TryParse(url, "/data", out var address, out var problem), problem);
        Assert.Equal((kind, display), (address.Kind, address.Display));
    }

    [Fact]
    public void What_a_url_says_reaches_the_driver()
    {
        Assert.True(StoreAddress.TryParse(
            "postgresql://ann:p%40s%3Bs@db:5433/c%20d?SSL%20Mode=Require", "/", out var address, out _));
        Assert.Equal(
            "Host=db;Port=5433;Database=\"c d\";Username=ann;Password=\"p@s;s\";SSL Mode=Require;"
            + "GSS Encryption Mode=Disable",
            address.Connection.Replace("'", "\"", StringComparison.Ordinal), ignoreCase: true);
    }

    [Fact]
    public void Kerberos_is_tried_where_it_is_asked_for()
    {
        const string said = "Host=db;GSS Encryption Mode=Require";
        Assert.True(StoreAddress.TryParse(said, "/", out var address, out _));
        Assert.Equal(said, address.Connection);
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("mysql://host/db")]
    [InlineData("postgresql://")]
    [InlineData("somewhere")]
    [InlineData("Database=c")]
    public void What_names_no_store_is_refused_with_the_forms_that_do(string url)
    {
        Assert.False(StoreAddress.TryParse(url, "/data", out _, out var problem));
        Assert.Contains("postgresql://USER:PASSWORD@HOST:5432/DATABASE", problem, StringComparison.Ordinal);
    }
}
