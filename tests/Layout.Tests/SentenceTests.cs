using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CallCenter.Layout.Tests;

/// <summary>Whatever the API has against something has a code, and is said in Chinese by the portal.</summary>
public sealed partial class SentenceTests
{
    const string Codes = "src/Api/Wording/FaultCodes.cs", Chinese = "src/Portal/src/texts/faults.ts";

    static readonly string[] Makers = ["Fault", "Refusal", "Conflict", "When", "Invalid", "Refused", "Of"], Places = ["src/Api/", "src/Domain/", "src/Grains/", "src/Storage/Customers/", "src/Storage/Configuration/"];

    static readonly (string Code, string Sentence)[] Known =
    [
        .. Parsed(Codes).DescendantNodes().OfType<TupleExpressionSyntax>().Select(pair => (Text(pair.Arguments[0].Expression)!, Text(pair.Arguments[1].Expression)!)),
    ];

    /// <summary>A sentence with something in place of its names.</summary>
    static readonly Regex[] Patterns = [.. Known.Select(one => new Regex($"^{Hole().Replace(Regex.Escape(one.Sentence).Replace("\\{", "{", StringComparison.Ordinal), ".+")}$"))];

    [Fact]
    public void Every_sentence_has_a_code() =>
        Rule.Holds(from file in Repository.Sources
                   where file != Codes && Array.Exists(Places, place => file.StartsWith(place, StringComparison.Ordinal))
                   from sentence in Parsed(file).DescendantNodes().OfType<ArgumentListSyntax>().Where(Tells).SelectMany(Sentences)
                   where !Array.Exists(Patterns, pattern => pattern.IsMatch(sentence.TrimEnd('.')))
                   select $"{file}: \"{sentence}\" has no code in {Codes}");

    [Fact]
    public void No_code_and_no_sentence_is_there_twice()
    {
        Assert.True(Known.Length > 300, $"only {Known.Length} were found");
        Rule.Holds(Known.GroupBy(one => one.Code).Concat(Known.GroupBy(one => one.Sentence)).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Every_code_is_said_in_Chinese_with_no_name_that_the_sentence_lacks()
    {
        var said = ChineseLine().Matches(Repository.Read(Chinese)).ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value);
        Assert.Equal(Known.Select(one => one.Code).Order(StringComparer.Ordinal), said.Keys.Order(StringComparer.Ordinal));
        Rule.Holds(from one in Known
                   from hole in Hole().Matches(said[one.Code]).Select(hole => hole.Value)
                   where !one.Sentence.Contains(hole, StringComparison.Ordinal)
                   select $"{one.Code}: {hole} stands in no \"{one.Sentence}\"");
    }

    static SyntaxNode Parsed(string file) => CSharpSyntaxTree.ParseText(Repository.Read(file), cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);

    /// <summary>Whether these are the arguments of what makes a fault or a refusal.</summary>
    static bool Tells(ArgumentListSyntax given) => given.Parent switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Of" } called } => called.Expression.ToString() == "Problems",
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } => Makers.Contains(called.Name.Identifier.Text),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax called } => Makers.Contains(called.Identifier.Text),
        ObjectCreationExpressionSyntax made => Makers.Contains(made.Type.ToString()),
        ImplicitObjectCreationExpressionSyntax made => given.ToString().Contains("RefusalCode.", StringComparison.Ordinal) || made.Parent?.Parent?.Parent?.ToString().StartsWith("faults.Add", StringComparison.Ordinal) == true,
        _ => false,
    };

    /// <summary>The texts with a space in them: fields, codes and ids have none.</summary>
    static IEnumerable<string> Sentences(ArgumentListSyntax given) => given.Arguments.SelectMany(argument => Branches(argument.Expression)).Select(Text).OfType<string>().Where(text => text.Contains(' ', StringComparison.Ordinal));

    static IEnumerable<ExpressionSyntax> Branches(ExpressionSyntax expression) => expression switch
    {
        ConditionalExpressionSyntax choice => Branches(choice.WhenTrue).Concat(Branches(choice.WhenFalse)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Create" } } made => made.ArgumentList.Arguments.SelectMany(argument => Branches(argument.Expression)),
        _ => [expression],
    };

    /// <summary>What a string expression says, with x for what is put into it; null if it is none.</summary>
    static string? Text(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(part => part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : "x")),
        _ => null,
    };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^  (\w+): ""(.*)"",$", RegexOptions.Multiline)]
    private static partial Regex ChineseLine();
}
