using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CallCenter.Layout.Tests;

/// <summary>The house rules that need the code to be read.</summary>
public sealed class SyntaxTests
{
    static readonly Lazy<(string File, SyntaxNode Root)[]> Trees = new(() =>
        [.. Repository.Sources.AsParallel().AsOrdered().Select(f => (f, CSharpSyntaxTree.ParseText(Repository.Read(f)).GetRoot()))]);

    [Fact]
    public void No_method_is_longer_than_40_lines() =>
        Rule.Holds(All<BaseMethodDeclarationSyntax>().Where(m => Length(m.Node) > 40).Select(m => $"{Where(m)} {Length(m.Node)} lines"));

    [Fact]
    public void No_type_is_a_helper_a_manager_or_a_service() =>
        Rule.Holds(All<BaseTypeDeclarationSyntax>().Where(t => IsVague(t.Node.Identifier.Text)).Select(t => $"{Where(t)} {t.Node.Identifier.Text}"));

    [Fact]
    public void No_test_is_skipped()
    {
        var skipped = from attribute in All<AttributeSyntax>()
                      where attribute.Node.ArgumentList?.Arguments.Any(a => a.NameEquals?.Name.Identifier.Text is "Skip" or "SkipUnless" or "SkipWhen") == true
                      select Where(attribute);
        Rule.Holds(skipped);
    }

    [Fact]
    public void Nothing_swallows_every_exception()
    {
        var swallowed = from clause in All<CatchClauseSyntax>()
                        where clause.Node.Filter is null && clause.Node.Block.Statements.Count == 0
                        where clause.Node.Declaration is null || clause.Node.Declaration.Type.ToString() is "Exception" or "System.Exception"
                        select Where(clause);
        Rule.Holds(swallowed);
    }

    /// <summary>What follows would run outside the grain's turn.</summary>
    [Fact]
    public void Grains_return_to_their_turn()
    {
        var leaving = from call in All<InvocationExpressionSyntax>()
                      where call.File.StartsWith("src/Grains/", StringComparison.Ordinal) || call.File.StartsWith("src/Orleans.Embedded/", StringComparison.Ordinal)
                      where call.Node.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" }
                      where call.Node.ArgumentList.Arguments is [{ Expression.RawKind: (int)SyntaxKind.FalseLiteralExpression }]
                      select Where(call);
        Rule.Holds(leaving);
    }

    [Fact]
    public void No_code_is_fenced_in_regions() =>
        Rule.Holds(Trees.Value.Where(t => t.Root.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))).Select(t => t.File));

    [Fact]
    public void Test_names_are_sentences()
    {
        var curt = from method in All<MethodDeclarationSyntax>()
                   where method.File.StartsWith("tests/", StringComparison.Ordinal)
                   where method.Node.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory")
                   where !method.Node.Identifier.Text.Contains('_')
                   select $"{Where(method)} {method.Node.Identifier.Text}";
        Rule.Holds(curt);
    }

    [Fact]
    public void Classes_are_sealed_until_somebody_derives()
    {
        var bases = All<BaseListSyntax>().SelectMany(b => b.Node.Types).Select(t => SimpleName(t.Type)).ToHashSet();
        var open = from type in All<TypeDeclarationSyntax>()
                   where !type.File.StartsWith("src/Orleans.Embedded/", StringComparison.Ordinal) // as open as Orleans' own
                   where type.File.StartsWith("src/", StringComparison.Ordinal) || type.File.StartsWith("AppHost/", StringComparison.Ordinal)
                   where type.Node is ClassDeclarationSyntax || type.Node is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
                   where !type.Node.Modifiers.Any(m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.PartialKeyword)
                   where !bases.Contains(type.Node.Identifier.Text)
                   select $"{Where(type)} {type.Node.Identifier.Text}";
        Rule.Holds(open);
    }

    static bool IsVague(string name) => new[] { "Helper", "Manager", "Service", "Utils" }.Any(v => name.EndsWith(v, StringComparison.Ordinal));

    static int Length(BaseMethodDeclarationSyntax method)
    {
        var span = ((SyntaxNode?)method.Body ?? method.ExpressionBody)?.GetLocation().GetLineSpan();
        return span is { } s ? s.EndLinePosition.Line - s.StartLinePosition.Line + 1 - (method.Body is null ? 0 : 2) : 0; // braces do not count
    }

    static string SimpleName(TypeSyntax type) => type switch
    {
        GenericNameSyntax g => g.Identifier.Text,
        QualifiedNameSyntax q => SimpleName(q.Right),
        SimpleNameSyntax s => s.Identifier.Text,
        _ => type.ToString(),
    };

    static IEnumerable<(string File, T Node)> All<T>() where T : SyntaxNode =>
        Trees.Value.SelectMany(t => t.Root.DescendantNodes().OfType<T>().Select(n => (t.File, n)));

    static string Where<T>((string File, T Node) found) where T : SyntaxNode =>
        $"{found.File}:{found.Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
