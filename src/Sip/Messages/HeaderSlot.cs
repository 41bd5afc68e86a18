namespace CallCenter.Sip.Messages;

/// <summary>Where one header line lies in its message. The value is trimmed; folds in it are blanks already.</summary>
readonly record struct HeaderSlot(HeaderName Name, Slice Text, Slice Value);
