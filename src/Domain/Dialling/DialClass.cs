using System.Text.Json.Serialization;

namespace CallCenter.Domain.Dialling;

/// <summary>What kind of number is called: all that a fact tells of it.</summary>
[JsonConverter(typeof(EnumText<DialClass>))]
public enum DialClass
{
    /// <summary>110, 112, 119, 120, 122, also with an area code before it: always passes.</summary>
    Emergency,
    /// <summary>13x–19x, 11 digits.</summary>
    Mobile,
    /// <summary>Area code and 7 or 8 digits.</summary>
    Landline,
    /// <summary>400 and 800 numbers.</summary>
    TollFree,
    /// <summary>Short numbers such as 114, 10086, 12345, 95588, 96110, also with an area code before them.</summary>
    Service,
    /// <summary>Every country but +86; Hong Kong, Macao and Taiwan have country codes of their own.</summary>
    International,
}
