using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CallCenter.Layout.Tests;

/// <summary>What the compiled assemblies really use, whatever their project files say.</summary>
public sealed class MetadataTests
{
    static readonly string[] SerializationAttributes = ["GenerateSerializerAttribute", "ImmutableAttribute", "IdAttribute", "AliasAttribute"];

    [Fact]
    public void Domain_needs_NodaTime_and_the_serialization_attributes_only() => Read("CallCenter.Domain", domain =>
    {
        var foreign = from handle in domain.AssemblyReferences
                      let name = domain.GetString(domain.GetAssemblyReference(handle).Name)
                      where !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("System" or "netstandard" or "NodaTime") && !IsRuntime(name)
                      select name;
        Rule.Holds(foreign);

        var runtime = from handle in domain.TypeReferences
                      let type = domain.GetTypeReference(handle)
                      where type.ResolutionScope.Kind == HandleKind.AssemblyReference
                      where IsRuntime(domain.GetString(domain.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name))
                      select domain.GetString(type.Name);
        Rule.Holds(runtime.Except(SerializationAttributes));
    });

    [Fact]
    public void Domain_neither_waits_nor_reads_clocks_nor_opens_files() => Read("CallCenter.Domain", domain =>
    {
        var impure = Types(domain).Where(t => t is "System.Threading.Timer" or "System.Threading.Thread" or "System.TimeProvider" or "System.Diagnostics.Stopwatch"
            or "System.IO.File" or "System.IO.FileStream" or "System.Threading.Tasks.Task" || t.StartsWith("System.Net.Sockets.", StringComparison.Ordinal));
        Rule.Holds(impure);
    });

    /// <summary>They leave the turn, or block a pool thread: one blocked thread stops every grain of a core.</summary>
    [Fact]
    public void Grains_neither_leave_their_turn_nor_block() => Read("CallCenter.Grains", grains =>
    {
        string[] banned = ["Task.ContinueWith", "Task`1.ContinueWith", "TaskFactory.StartNew", "TaskFactory`1.StartNew", "Task.Wait", "Task.WaitAll", "Task.WaitAny", "Task`1.get_Result", "Thread.Sleep", "SemaphoreSlim.Wait", "Monitor.Enter"];
        Rule.Holds(Members(grains).Intersect(banned));
    });

    [Fact]
    public void Grains_open_no_sockets_and_know_no_web() => Read("CallCenter.Grains", grains =>
        Rule.Holds(Types(grains).Where(t => t.StartsWith("System.Net.Sockets.", StringComparison.Ordinal) || t.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal))));

    static bool IsRuntime(string assembly) => assembly.StartsWith("Orleans", StringComparison.Ordinal);

    static IEnumerable<string> Types(MetadataReader reader) =>
        reader.TypeReferences.Select(reader.GetTypeReference).Select(t => $"{reader.GetString(t.Namespace)}.{reader.GetString(t.Name)}");

    static IEnumerable<string> Members(MetadataReader reader) =>
        reader.MemberReferences.Select(reader.GetMemberReference).Select(m => $"{Parent(reader, m.Parent)}.{reader.GetString(m.Name)}");

    /// <summary>The simple name of a member's type; of <c>Task&lt;int&gt;</c>, which metadata writes as a signature, the generic type's.</summary>
    static string Parent(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference) return reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name);
        if (parent.Kind != HandleKind.TypeSpecification) return "";
        var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return "";
        blob.ReadByte(); // class or value type (ECMA-335 II.23.2.12)
        var generic = blob.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)generic).Name) : "";
    }

    static void Read(string assembly, Action<MetadataReader> check)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        check(file.GetMetadataReader());
    }
}
