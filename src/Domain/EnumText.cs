using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Domain;

/// <summary>In JSON a choice is its name in camelCase, never a number.</summary>
internal sealed class EnumText<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where T : struct, Enum;
