//! Questions of one moment, asked together: most of what a small statement costs is the way to the engine and back, and most
//! of what a small transaction costs is its end.

use std::{
    any::{Any, TypeId},
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use super::StoreError;

/// Most questions that are asked at once.
pub(crate) const MOST_TOGETHER: usize = 64;

/// Where questions of one kind wait for each other. The first one is asked at once; those that come meanwhile go together.
///
/// There is no task behind it: whoever asks works for those that wait, so that nothing runs for requests that are gone, and
/// nothing depends on the runtime of one of them.
pub(crate) struct Together<Q, A>(Mutex<Waiting<Q, A>>);

struct Waiting<Q, A> {
    asked: VecDeque<(Q, oneshot::Sender<Turn<Q, A>>)>,
    /// How many ask at this moment.
    asking: usize,
}

enum Turn<Q, A> {
    Answer(A),
    /// It asks for itself, and for those that wait.
    Ask(Place<Q, A>),
}

impl<Q, A> Default for Together<Q, A> {
    fn default() -> Self {
        Self(Mutex::new(Waiting { asked: VecDeque::new(), asking: 0 }))
    }
}

impl<Q: Clone, A> Together<Q, A> {
    /// The answer to the question. `ask_all` gets this one first, and others behind it, and answers in that order; at most so
    /// many are at work `at_once`.
    ///
    /// # Errors
    /// Those of the question when it is asked alone: what cannot be answered together is.
    pub(crate) async fn ask<F: Future<Output = Result<Vec<A>, StoreError>>>(
        self: &Arc<Self>,
        question: Q,
        at_once: usize,
        ask_all: impl Fn(Vec<Q>) -> F,
    ) -> Result<A, StoreError> {
        let place = match self.begin(&question, at_once) {
            Ok(place) => Some(place),
            Err(told) => match told.await {
                Ok(Turn::Answer(answer)) => return Ok(answer),
                Ok(Turn::Ask(place)) => Some(place),
                // Who asked for this one was given up, or had no answer.
                Err(_) => None,
            },
        };
        if place.is_some() {
            let (questions, others) = self.with_those_that_wait(&question);
            match ask_all(questions).await {
                Ok(answers) => {
                    let mut answers = answers.into_iter();
                    let own = answers.next().ok_or(StoreError::Slow);
                    for (tell, answer) in others.into_iter().zip(answers) {
                        // Who is gone needs no answer.
                        drop(tell.send(Turn::Answer(answer)));
                    }
                    return own;
                }
                Err(error) if others.is_empty() => return Err(error),
                Err(_) => {}
            }
        }
        drop(place);
        ask_all(vec![question]).await?.pop().ok_or(StoreError::Slow)
    }

    /// A place among those that ask, or where the turn is told of.
    fn begin(
        self: &Arc<Self>,
        question: &Q,
        at_once: usize,
    ) -> Result<Place<Q, A>, oneshot::Receiver<Turn<Q, A>>> {
        let mut waiting = self.lock();
        if waiting.asking < at_once {
            waiting.asking += 1;
            return Ok(Place(Some(self.clone())));
        }
        let (tell, told) = oneshot::channel();
        waiting.asked.push_back((question.clone(), tell));
        Err(told)
    }

    fn with_those_that_wait(&self, own: &Q) -> (Vec<Q>, Vec<oneshot::Sender<Turn<Q, A>>>) {
        let asked = &mut self.lock().asked;
        let many = asked.len().min(MOST_TOGETHER - 1);
        let (mut questions, mut others) = (vec![own.clone()], Vec::new());
        for (question, tell) in asked.drain(..many) {
            questions.push(question);
            others.push(tell);
        }
        (questions, others)
    }
}

impl<Q, A> Together<Q, A> {
    fn lock(&self) -> MutexGuard<'_, Waiting<Q, A>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to ask. Whatever becomes of who has it, also before it was taken up, the next one has it then.
struct Place<Q, A>(Option<Arc<Together<Q, A>>>);

impl<Q, A> Drop for Place<Q, A> {
    fn drop(&mut self) {
        let Some(together) = self.0.take() else { return };
        loop {
            let tell = {
                let mut waiting = together.lock();
                let Some((_, tell)) = waiting.asked.pop_front() else {
                    waiting.asking -= 1;
                    return;
                };
                tell
            };
            match tell.send(Turn::Ask(Self(Some(together.clone())))) {
                // Gone; its place is ours to give on, and not its own.
                Err(Turn::Ask(mut place)) => drop(place.0.take()),
                _ => return,
            }
        }
    }
}

/// One [`Together`] for each kind of question, so that a store needs not know the kinds.
#[derive(Default)]
pub(crate) struct Meetings(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Meetings {
    pub(crate) fn of<Q: Send + 'static, A: Send + 'static>(&self) -> Arc<Together<Q, A>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Together::<Q, A>::default()) as Arc<dyn Any + Send + Sync>;
        let found = all.entry(TypeId::of::<Together<Q, A>>()).or_insert_with(new).clone();
        drop(all);
        found.downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        future::{Ready, ready},
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::*;

    type Numbers = Together<usize, usize>;

    fn numbers() -> Arc<Numbers> {
        Arc::default()
    }

    /// What has become of it so far.
    macro_rules! look {
        ($future:expr) => {
            $future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        };
    }

    async fn never(_: Vec<usize>) -> Result<Vec<usize>, StoreError> {
        std::future::pending().await
    }

    async fn tenfold(asked: Vec<usize>) -> Result<Vec<usize>, StoreError> {
        Ok(asked.iter().map(|question| question * 10).collect())
    }

    fn fails(_: Vec<usize>) -> Ready<Result<Vec<usize>, StoreError>> {
        ready(Err(StoreError::LineExists))
    }

    #[tokio::test]
    async fn what_comes_meanwhile_is_asked_together_and_everybody_has_the_own_answer() {
        let (together, times, may_go) = (numbers(), Cell::new(0), tokio::sync::Semaphore::new(0));
        let ask_all = |asked| {
            times.set(times.get() + 1);
            let may_go = &may_go;
            async move {
                drop(may_go.acquire().await);
                tenfold(asked).await
            }
        };
        let mut asked: Vec<_> =
            (0..200).map(|question| Box::pin(together.ask(question, 1, ask_all))).collect();
        for asked in &mut asked {
            assert!(look!(asked).is_pending());
        }
        may_go.add_permits(1);
        // Whoever waits is told by one that asks, which may stand anywhere in the row.
        for (question, asked) in asked.into_iter().enumerate() {
            assert_eq!(asked.await.unwrap(), question * 10);
        }
        assert_eq!(times.get(), 1 + 199_usize.div_ceil(MOST_TOGETHER));
        assert_eq!(together.lock().asking, 0);
    }

    #[tokio::test]
    async fn who_is_given_up_leaves_nobody_behind() {
        let together = numbers();
        let mut first = Box::pin(together.ask(1, 1, never));
        assert!(look!(first).is_pending());
        let mut given_up = Box::pin(together.ask(2, 1, tenfold));
        assert!(look!(given_up).is_pending());
        let mut last = Box::pin(together.ask(3, 1, tenfold));
        assert!(look!(last).is_pending());
        drop(given_up);
        drop(first);
        assert_eq!(last.await.unwrap(), 30);
        assert_eq!(together.lock().asking, 0);
    }

    #[tokio::test]
    async fn who_is_given_up_when_it_is_its_turn_leaves_nobody_behind() {
        let together = numbers();
        let mut first = Box::pin(together.ask(1, 1, never));
        assert!(look!(first).is_pending());
        let mut told = Box::pin(together.ask(2, 1, tenfold));
        assert!(look!(told).is_pending());
        let mut last = pin!(together.ask(3, 1, tenfold));
        assert!(look!(last).is_pending());
        // The turn of the second, which never hears of it.
        drop(first);
        drop(told);
        assert!(matches!(look!(last), Poll::Ready(Ok(30))));
        assert_eq!(together.lock().asking, 0);
    }

    #[tokio::test]
    async fn who_asked_for_others_and_was_given_up_leaves_them_to_ask_alone() {
        let together = numbers();
        let mut first = Box::pin(together.ask(1, 1, never));
        assert!(look!(first).is_pending());
        let mut second = Box::pin(together.ask(2, 1, never));
        assert!(look!(second).is_pending());
        let mut third = pin!(together.ask(3, 1, tenfold));
        assert!(look!(third).is_pending());
        drop(first);
        // It asks now, for the third as well.
        assert!(look!(second).is_pending() && together.lock().asked.is_empty());
        drop(second);
        assert!(matches!(look!(third), Poll::Ready(Ok(30))));
        assert_eq!(together.lock().asking, 0);
    }

    #[tokio::test]
    async fn what_fails_alone_is_asked_once_and_what_fails_together_is_asked_alone() {
        let (together, times) = (numbers(), Cell::new(0));
        let counted = |asked| {
            times.set(times.get() + 1);
            fails(asked)
        };
        assert!(matches!(together.ask(1, 1, counted).await, Err(StoreError::LineExists)));
        assert_eq!(times.get(), 1);

        let mut first = Box::pin(together.ask(1, 1, never));
        assert!(look!(first).is_pending());
        let alone =
            async |asked: Vec<usize>| if asked.len() > 1 { fails(asked).await } else { tenfold(asked).await };
        let mut second = Box::pin(together.ask(2, 1, alone));
        assert!(look!(second).is_pending());
        let mut third = Box::pin(together.ask(3, 1, alone));
        assert!(look!(third).is_pending());
        drop(first);
        assert_eq!((second.await.unwrap(), third.await.unwrap()), (20, 30));
        assert_eq!(together.lock().asking, 0);
    }
}
