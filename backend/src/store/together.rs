//! Questions of one moment, asked together: most of what a small statement costs is the way to the engine and back, and most
//! of what a small transaction costs is its end.

use std::{
    any::{Any, TypeId},
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

/// Most questions that are asked at once.
pub(crate) const MOST_TOGETHER: usize = 64;

/// Where questions of one kind wait for each other. The first one is asked at once; those that come meanwhile go together.
///
/// There is no task behind it: whoever asks works for those that wait, so that nothing runs for requests that are gone, and
/// nothing depends on the runtime of one of them.
pub(crate) struct Together<Q, A>(Mutex<Waiting<Q, A>>);

struct Waiting<Q, A> {
    asked: VecDeque<(Q, oneshot::Sender<Turn<A>>)>,
    /// How many ask at this moment.
    asking: usize,
}

enum Turn<A> {
    Answer(A),
    /// It asks for itself, and for those that wait.
    Ask,
}

impl<Q, A> Default for Together<Q, A> {
    fn default() -> Self {
        Self(Mutex::new(Waiting { asked: VecDeque::new(), asking: 0 }))
    }
}

impl<Q: Clone, A> Together<Q, A> {
    /// The answer to the question. `ask_all` gets this one first, and others behind it, and answers in that order; at most so
    /// many are at work `at_once`. `None` when the one that asked for this one was given up, or had no answer: it must be
    /// asked alone.
    pub(crate) async fn ask(
        &self,
        question: Q,
        at_once: usize,
        ask_all: impl AsyncFnOnce(&[Q]) -> Vec<A>,
    ) -> Option<A> {
        let turn = {
            let mut waiting = self.lock();
            if waiting.asking < at_once {
                waiting.asking += 1;
                None
            } else {
                let (tell, told) = oneshot::channel();
                waiting.asked.push_back((question.clone(), tell));
                Some(told)
            }
        };
        if let Some(told) = turn
            && let Turn::Answer(answer) = told.await.ok()?
        {
            return Some(answer);
        }
        let _next = Next(self);
        let mut questions = vec![question];
        let mut others = Vec::new();
        {
            let asked = &mut self.lock().asked;
            let many = asked.len().min(MOST_TOGETHER - 1);
            for (question, tell) in asked.drain(..many) {
                questions.push(question);
                others.push(tell);
            }
        }
        let mut answers = ask_all(&questions).await.into_iter();
        let own = answers.next();
        for (tell, answer) in others.into_iter().zip(answers) {
            // Who is gone needs no answer.
            drop(tell.send(Turn::Answer(answer)));
        }
        own
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<Q, A>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the next one ask, whatever became of this one.
struct Next<'t, Q: Clone, A>(&'t Together<Q, A>);

impl<Q: Clone, A> Drop for Next<'_, Q, A> {
    fn drop(&mut self) {
        let mut waiting = self.0.lock();
        while let Some((_, tell)) = waiting.asked.pop_front() {
            if tell.send(Turn::Ask).is_ok() {
                return;
            }
        }
        waiting.asking -= 1;
    }
}

/// One [`Together`] for each kind of question, so that a store needs not know the kinds.
#[derive(Default)]
pub(crate) struct Meetings(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Meetings {
    pub(crate) fn of<Q: Send + 'static, A: Send + 'static>(&self) -> Arc<Together<Q, A>>
    where
        Together<Q, A>: Default,
    {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Together::<Q, A>::default()) as Arc<dyn Any + Send + Sync>;
        let found = all.entry(TypeId::of::<Together<Q, A>>()).or_insert_with(new).clone();
        drop(all);
        found.downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::atomic::AtomicUsize, sync::atomic::Ordering, time::Duration};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn what_comes_meanwhile_is_asked_together_and_everybody_has_the_own_answer() {
        let (together, may_go, times) = (
            Arc::new(Together::<usize, usize>::default()),
            Arc::new(Semaphore::new(0)),
            Arc::new(AtomicUsize::new(0)),
        );
        let asked: Vec<_> = (0..200)
            .map(|question| {
                let (together, may_go, times) = (together.clone(), may_go.clone(), times.clone());
                tokio::spawn(async move {
                    let ask_all = async |questions: &[usize]| {
                        times.fetch_add(1, Ordering::Relaxed);
                        drop(may_go.acquire().await);
                        questions.iter().map(|question| question * 10).collect()
                    };
                    assert_eq!(together.ask(question, 1, ask_all).await, Some(question * 10));
                })
            })
            .collect();
        while together.lock().asked.len() < 199 {
            tokio::task::yield_now().await;
        }
        may_go.add_permits(1);
        for asked in asked {
            asked.await.unwrap();
        }
        assert_eq!(times.load(Ordering::Relaxed), 1 + 199_usize.div_ceil(MOST_TOGETHER));
        assert_eq!(together.lock().asking, 0);
    }

    #[tokio::test]
    async fn who_is_given_up_leaves_nobody_behind() {
        let together = Arc::new(Together::<u8, u8>::default());
        let never = {
            let together = together.clone();
            tokio::spawn(
                async move { together.ask(1, 1, async |_: &[u8]| std::future::pending().await).await },
            )
        };
        while together.lock().asking == 0 {
            tokio::task::yield_now().await;
        }
        let given_up = {
            let together = together.clone();
            tokio::spawn(async move { together.ask(2, 1, async |_: &[u8]| vec![2]).await })
        };
        while together.lock().asked.is_empty() {
            tokio::task::yield_now().await;
        }
        given_up.abort();
        drop(given_up.await);
        let last = {
            let together = together.clone();
            tokio::spawn(async move { together.ask(3, 1, async |asked: &[u8]| asked.to_vec()).await })
        };
        while together.lock().asked.len() < 2 {
            tokio::task::yield_now().await;
        }
        never.abort();
        assert_eq!(tokio::time::timeout(Duration::from_secs(60), last).await.unwrap().unwrap(), Some(3));
        assert_eq!(together.lock().asking, 0);
    }

    #[tokio::test]
    async fn who_asked_for_others_and_was_given_up_leaves_them_without_an_answer() {
        let together = Arc::new(Together::<u8, u8>::default());
        let ask = |question, answers: bool| {
            let together = together.clone();
            tokio::spawn(async move {
                let ask_all = async |asked: &[u8]| {
                    if !answers {
                        std::future::pending::<()>().await;
                    }
                    asked.to_vec()
                };
                together.ask(question, 1, ask_all).await
            })
        };
        let first = ask(1, false);
        while together.lock().asking == 0 {
            tokio::task::yield_now().await;
        }
        let second = ask(2, false);
        while together.lock().asked.is_empty() {
            tokio::task::yield_now().await;
        }
        let third = ask(3, true);
        while together.lock().asked.len() < 2 {
            tokio::task::yield_now().await;
        }
        first.abort();
        while !together.lock().asked.is_empty() {
            tokio::task::yield_now().await;
        }
        // The second asks now, for the third as well.
        second.abort();
        assert_eq!(third.await.unwrap(), None);
        assert_eq!(together.lock().asking, 0);
    }
}
