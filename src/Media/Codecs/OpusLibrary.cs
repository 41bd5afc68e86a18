using System.Runtime.InteropServices;

namespace CallCenter.Media.Codecs;

/// <summary>
/// The system's libopus (RFC 6716), of which no part is ours; without it Opus is neither offered nor answered. The control calls are
/// variadic in C: integers and pointers are passed there as in any call, on x86-64 and on 64-bit ARM under Linux.
/// </summary>
static unsafe partial class OpusLibrary
{
    const string Name = "libopus.so.0";

    public const int Ok = 0;

    /// <summary>OPUS_APPLICATION_VOIP, and the control codes of opus_defines.h.</summary>
    public const int ForVoice = 2048, SetBitrate = 4002, SetComplexity = 4010, SetInbandFec = 4012, SetPacketLoss = 4014, SetSignal = 4024, SignalVoice = 3001;

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Name, out _);

    [LibraryImport(Name, EntryPoint = "opus_encoder_create")]
    public static partial OpusEncoderHandle CreateEncoder(int rate, int channels, int application, out int error);

    [LibraryImport(Name, EntryPoint = "opus_encoder_ctl")]
    public static partial int Control(OpusEncoderHandle encoder, int request, int value);

    [LibraryImport(Name, EntryPoint = "opus_encode")]
    public static partial int Encode(OpusEncoderHandle encoder, short* samples, int count, byte* payload, int room);

    [LibraryImport(Name, EntryPoint = "opus_encoder_destroy")]
    public static partial void DestroyEncoder(nint encoder);

    [LibraryImport(Name, EntryPoint = "opus_decoder_create")]
    public static partial OpusDecoderHandle CreateDecoder(int rate, int channels, out int error);

    /// <param name="payload">Null: the packet is lost.</param>
    [LibraryImport(Name, EntryPoint = "opus_decode")]
    public static partial int Decode(OpusDecoderHandle decoder, byte* payload, int length, short* samples, int room, int repeated);

    [LibraryImport(Name, EntryPoint = "opus_decoder_destroy")]
    public static partial void DestroyDecoder(nint decoder);
}

sealed class OpusEncoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyEncoder(handle);
        return true;
    }
}

sealed class OpusDecoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpusLibrary.DestroyDecoder(handle);
        return true;
    }
}
