using CallCenter.Api.Resources;
using CallCenter.Api.WebCalls;

namespace CallCenter.Api.Desk;

/// <summary>A call that is offered to an agent, as the pop on its screen shows it.</summary>
/// <param name="Until">The lease's end.</param>
/// <param name="Ring">It rings already.</param>
/// <param name="Queue">Null: the agent is wanted in person.</param>
/// <param name="Firm">For whom the call is.</param>
/// <param name="From">The customer's number, masked as the agent's role sees it; null if it is withheld.</param>
/// <param name="Waited">In the queue so far, ms.</param>
/// <param name="Digits">What the customer gave in the flow, masked alike.</param>
/// <param name="Script">How the firm wants its callers to be greeted.</param>
/// <param name="StaffNumber">By which the agent is known in that firm; null if it has none.</param>
/// <param name="Visit">What the web page of a visitor sent along, masked alike.</param>
/// <param name="Crm">The page of the firm's own CRM for this call; null if it has none.</param>
internal sealed record OfferView(CallId Call, long Epoch, DateTimeOffset Until, bool Ring, OfferQueue? Queue, OfferFirm Firm, string? From, long Waited, Items<OfferDigits> Digits, OfferCustomer? Customer, string? Script, string? StaffNumber, Items<VisitorSaid> Visit, OfferCrm? Crm);

internal sealed record OfferQueue(QueueId Id, string Name);

/// <param name="Colour">As its pages have it; null = the product's.</param>
internal sealed record OfferFirm(TenantId Tenant, string Name, string? Colour);

/// <param name="Opens">By itself, with the pop.</param>
internal sealed record OfferCrm(string Url, bool Opens);

/// <param name="Field">The node of the flow that asked for it.</param>
internal sealed record OfferDigits(string Field, string Value);

/// <param name="Calls">So many before this one.</param>
/// <param name="Last">When the last of them was; null if there was none.</param>
internal sealed record OfferCustomer(string Id, string Name, string? Level, int Calls, DateTimeOffset? Last);

/// <summary>It rings now.</summary>
internal sealed record RingTold(CallId Call, long Epoch);

/// <param name="Why">As in the fact that ended it; <c>answered</c> if the agent talks now.</param>
internal sealed record OfferGoneTold(CallId Call, long Epoch, string Why);

/// <param name="Why">What turned it: connects, taken, closed, chosen, lost, back.</param>
internal sealed record StationTold(StationKind Kind, bool Connected, string? Connection, string? Client, DateTimeOffset? Since, string? Why);

/// <param name="State">As the call's live view has it; null: the agent is in no call any more.</param>
internal sealed record CallTold(CallId Call, CallLive? State);

/// <summary>All that an agent's screen must know to begin with.</summary>
/// <param name="Contact">What the pop of the present call said.</param>
internal sealed record DeskView(StationTold Station, Items<OfferView> Offers, CallLive? Call, OfferView? Contact = null);
