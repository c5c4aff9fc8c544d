using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Frameworks;

/// <summary>Inverse offers: passed on once, and their answers said until the master has them.</summary>
public sealed partial class FrameworkActor
{
    private readonly HashSet<OfferId> inverseTaken = [];
    private readonly Dictionary<OfferId, (InverseVerdict Verdict, OfferFilters Filters)> inverseAnswers = [];

    private void InverseFromMaster()
    {
        Command<FrameworkProtocol.InverseOffersMade>(made =>
        {
            if (SeesOlder(made.Epoch) || IsOfEndedConnection(made.Connection))
            {
                return;
            }

            BeRegistered();
            refs.Master.Tell(new MasterProtocol.InverseOffersNoted(
                id, made.Epoch, [.. made.Offers.Select(static offer => offer.Id)]));
            ImmutableArray<InverseOffer> fresh = [.. made.Offers.Where(offer => inverseTaken.Add(offer.Id))];
            if (!fresh.IsEmpty)
            {
                Say(new SchedulerProtocol.InverseOffers(connection, fresh));
            }
        });
        Command<FrameworkProtocol.InverseOffersRescinded>(rescinded =>
        {
            if (!SeesOlder(rescinded.Epoch))
            {
                EndInverse(rescinded.OfferIds);
                Say(new SchedulerProtocol.InverseRescinded(connection, rescinded.OfferIds));
            }
        });
        Command<FrameworkProtocol.InverseOffersEnded>(ended => EndInverse(ended.OfferIds));
    }

    private void EndInverse(ImmutableArray<OfferId> ended)
    {
        foreach (var offer in ended)
        {
            inverseTaken.Remove(offer);
            inverseAnswers.Remove(offer);
        }
    }

    private void AnswerInverse(FrameworkProtocol.AnswerInverseOffers answer)
    {
        foreach (var offer in answer.OfferIds)
        {
            inverseAnswers[offer] = (answer.Verdict, answer.Filters);
        }

        SendInverse(answer.OfferIds, answer.Verdict, answer.Filters);
    }

    private void RepeatInverse()
    {
        foreach (var same in inverseAnswers.GroupBy(static each => each.Value, static each => each.Key))
        {
            SendInverse([.. same.Order()], same.Key.Verdict, same.Key.Filters);
        }
    }

    private void SendInverse(ImmutableArray<OfferId> offers, InverseVerdict verdict, OfferFilters filters) =>
        refs.Master.Tell(new MasterProtocol.AnswerInverseOffers(id, epoch, offers, verdict, filters));

    /// <summary>Another master, or another connection: what is still wanted is asked anew.</summary>
    private void ForgetInverse()
    {
        inverseTaken.Clear();
        inverseAnswers.Clear();
    }
}
