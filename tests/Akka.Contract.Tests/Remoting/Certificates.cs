using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Akka.Contract.Tests.Remoting;

/// <summary>Certificates of an authority of its own, as files that nodes can be set to.</summary>
internal sealed class Certificates : IDisposable
{
    internal const string Password = "secret";

    private readonly string _directory = Directory.CreateTempSubdirectory("certificates-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    internal Certificates(string authority = "authority")
    {
        var request = new CertificateRequest($"CN={authority}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Yesterday, Yesterday.AddDays(30));
    }

    private static DateTimeOffset Yesterday => DateTimeOffset.UtcNow.AddDays(-1);

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        Directory.Delete(_directory, true);
    }

    /// <summary>A PKCS #12 file with a node's certificate, its key, and the authority's certificate.</summary>
    internal string Node(string name, int daysValid = 20)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Request(name, key).Create(_root, Yesterday, Yesterday.AddDays(daysValid), [1]);
        using var own = issued.CopyWithPrivateKey(key);
        using var root = X509CertificateLoader.LoadCertificate(_root.RawData);
        var both = new X509Certificate2Collection { own, root };
        return Write(name + ".pfx", both.Export(X509ContentType.Pkcs12, Password)!);
    }

    /// <summary>A PEM file with a certificate that issued itself, and its key.</summary>
    internal string SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = Request(name, key).CreateSelfSigned(Yesterday, Yesterday.AddDays(20));
        var pem = own.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
        return Write(name + ".pem", System.Text.Encoding.ASCII.GetBytes(pem));
    }

    private static CertificateRequest Request(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
