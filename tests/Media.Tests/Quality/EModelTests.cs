using CallCenter.Media.Quality;

namespace CallCenter.Media.Tests.Quality;

/// <summary>Reference points of ITU-T G.107, G.113 and of the literature.</summary>
public sealed class EModelTests
{
    [Fact]
    public void With_all_defaults_the_rating_is_93_2_and_the_score_4_41()
    {
        var rating = EModel.Rating(0, 0, 1, CodecImpairment.G711Concealed);
        Assert.Equal(93.2, rating);
        Assert.Equal(4.41, EModel.Mos(rating), 0.005);
    }

    [Theory] // G.107 table B.1
    [InlineData(90, 4.34)]
    [InlineData(80, 4.03)]
    [InlineData(70, 3.60)]
    [InlineData(60, 3.10)]
    [InlineData(50, 2.58)]
    [InlineData(0, 1)]
    [InlineData(-20, 1)]
    [InlineData(100, 4.5)]
    [InlineData(120, 4.5)]
    public void Scores_are_those_of_table_B_1(double rating, double mos) => Assert.Equal(mos, EModel.Mos(rating), 0.01);

    [Fact]
    public void A_score_lies_within_1_and_4_5_and_rises_with_the_rating()
    {
        for (var r = -10.0; r < 110; r += 0.5)
        {
            Assert.InRange(EModel.Mos(r), 1, 4.5);
            Assert.True(EModel.Mos(r + 0.5) >= EModel.Mos(r));
        }
    }

    [Theory] // by hand from §7.4: Idte, Idle less its value at 0, Idd
    [InlineData(0, 0)]
    [InlineData(150, 2.81 + 0.68 + 0.16)]
    [InlineData(400, 5.81 + 1.08 + 24.07)]
    public void Delay_costs_what_the_formulas_say(double delay, double impairment) => Assert.Equal(impairment, EModel.DelayImpairment(delay), 0.1);

    [Theory] // R. Cole, J. Rosenbluth, Voice over IP performance monitoring (2001): a fit of the curve of G.107
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(400)]
    public void Delay_costs_about_what_the_usual_fit_says(double delay) =>
        Assert.Equal(0.024 * delay + 0.11 * Math.Max(0, delay - 177.3), EModel.DelayImpairment(delay), 4.5);

    [Theory] // G.113 appendix I: G.711 with concealment under random loss
    [InlineData(1, 5)]
    [InlineData(2, 7)]
    [InlineData(3, 10)]
    [InlineData(5, 15)]
    [InlineData(7, 20)]
    [InlineData(10, 25)]
    public void Loss_costs_about_what_was_measured(double loss, double impairment) =>
        Assert.Equal(impairment, EModel.EquipmentImpairment(loss, 1, CodecImpairment.G711Concealed), 2.2);

    [Fact]
    public void Loss_without_concealment_costs_much_more()
    {
        Assert.Equal(95 * 1 / 5.3, EModel.EquipmentImpairment(1, 1, CodecImpairment.G711Bare), 1e-9);
        Assert.True(EModel.EquipmentImpairment(2, 1, CodecImpairment.G711Bare) > 4 * EModel.EquipmentImpairment(2, 1, CodecImpairment.G711Concealed));
    }

    [Fact]
    public void Bursts_cost_more_than_loss_at_random()
    {
        Assert.Equal(1, EModel.BurstRatio(received: 80, lost: 20, runs: 20)); // each alone: less clustered than chance, which counts as chance
        Assert.Equal(4 * 0.8, EModel.BurstRatio(received: 80, lost: 20, runs: 5), 1e-9);
        Assert.Equal(1, EModel.BurstRatio(100, 0, 0));
        Assert.True(EModel.EquipmentImpairment(5, 3, CodecImpairment.G711Concealed) > EModel.EquipmentImpairment(5, 1, CodecImpairment.G711Concealed));
    }
}
