using System.Globalization;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>The e-mail with the link, in the firm's language.</summary>
internal static class ResetMail
{
    public static Mail For(string to, string name, Uri link, string? language)
    {
        var minutes = PasswordDesk.LinkLife.TotalMinutes.ToString(CultureInfo.InvariantCulture);
        return language?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true
            ? new(to, "重置密码", $"{name}，您好：\n\n请在 {minutes} 分钟内打开以下链接设置新密码：\n{link}\n\n如果不是您本人的操作，请忽略此邮件，您的密码不会改变。\n")
            : new(to, "Reset your password", $"Hello {name},\n\nopen this link within {minutes} minutes to set a new password:\n{link}\n\nIf you did not ask for it, ignore this message: your password stays as it is.\n");
    }
}
