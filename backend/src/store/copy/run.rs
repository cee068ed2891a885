use std::path::{Path, absolute};

use super::{
    error::CopyError,
    mark::Mark,
    moved::Moved,
    readable,
    source::Source,
    target::{Filling, Target},
};
use crate::{
    config::PostgresUrl,
    file_rights::check_writable,
    store::{Existing, StoreError, sqlite},
};

/// Moves an SQLite database to a PostgreSQL database that is new and empty, while servers run on it. They go on with the new one, by
/// `config`, the file that names it.
///
/// # Errors
/// It is not moved; all is as it was, but for [`CopyError::Undecided`]. Or it was moved before.
pub async fn copy(source: &Path, config: &Path, url: &PostgresUrl, now_s: i64) -> Result<Moved, CopyError> {
    let config = absolute(config).unwrap_or_else(|_| config.to_owned());
    check_source(source).await?;
    if !readable::by_owner_of(source, &config) {
        return Err(CopyError::HiddenConfig { database: source.to_owned(), config });
    }
    let mut target = Target::open(url).await?;
    let mark = Mark {
        id: uuid::Uuid::new_v4().to_string(),
        place: target.place().to_owned(),
        config: config.display().to_string(),
        at: now_s,
    };
    let mut filling = target.begin().await?;
    let mut from = Source::open(source).await?;
    let filled = fill(source, &mut from, &mut filling, mark.clone()).await;
    // What is not committed is undone.
    from.close().await;
    let moved = match filled {
        Ok(moved) => moved,
        Err(error) => {
            drop(filling);
            take_back(source, &mark).await?;
            return Err(error);
        }
    };
    if let Err(error) = filling.commit().await {
        // The word for it may have been lost on its way back.
        decide(source, url, &mark, error).await?;
    }
    Ok(moved)
}

async fn check_source(source: &Path) -> Result<(), CopyError> {
    match sqlite::open_existing(source).await {
        Ok(Existing::Open(_)) => {}
        Ok(Existing::Missing) => return Err(CopyError::NoSource(source.to_owned())),
        Ok(Existing::Older) => return Err(StoreError::Older(source.display().to_string()).into()),
        Ok(Existing::Newer) => return Err(StoreError::Newer(source.display().to_string()).into()),
        // Whether that was all of it is seen when nobody else is about it.
        Err(StoreError::Moved { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let not_writable =
        |error: std::io::Error| StoreError::NotWritable { path: source.to_owned(), why: error.to_string() };
    Ok(check_writable(source).map_err(not_writable)?)
}

/// All but the end in PostgreSQL.
async fn fill(
    source: &Path,
    from: &mut Source,
    filling: &mut Filling<'_>,
    mark: Mark,
) -> Result<Moved, CopyError> {
    from.lock().await?;
    match (from.mark().await?, filling.stamp().await?) {
        (Some(before), Some(stamp)) if before.id == stamp.id => {
            return Err(CopyError::MovedBefore { database: source.to_owned(), mark: Box::new(before) });
        }
        (_, Some(stamp)) => {
            let (source_place, at) = (stamp.source, stamp.at);
            return Err(CopyError::CopiedBefore { place: mark.place, source_place, at });
        }
        (Some(before), None) if before.place != mark.place => {
            return Err(CopyError::MovedBefore { database: source.to_owned(), mark: Box::new(before) });
        }
        // It was broken off between the two ends.
        (Some(_), None) => from.take_out_mark().await?,
        (None, None) => {}
    }
    let tables = from.tables().await?;
    filling.check(&tables).await?;
    let (mut rows, mut without_nul) = (Vec::new(), 0);
    for table in &tables {
        let (copied, texts) = filling.fill(table, from).await?;
        rows.push((table.name.clone(), copied));
        without_nul += texts;
    }
    let place = absolute(source).unwrap_or_else(|_| source.to_owned()).display().to_string();
    filling.put_stamp(&mark, &place).await?;
    from.put_mark(&mark).await?;
    from.commit().await?;
    Ok(Moved { mark, rows, without_nul })
}

/// Whether all of it is there, where the end was not heard of.
async fn decide(source: &Path, url: &PostgresUrl, mark: &Mark, error: StoreError) -> Result<(), CopyError> {
    let undecided = |error| CopyError::Undecided { place: mark.place.clone(), error };
    let mut target = Target::open(url).await.map_err(undecided)?;
    // Whoever has begun before has ended then.
    let mut asked = target.begin().await.map_err(undecided)?;
    if asked.stamp().await.map_err(undecided)?.is_some_and(|stamp| stamp.id == mark.id) {
        return Ok(());
    }
    take_back(source, mark).await?;
    Err(error.into())
}

/// Takes this mark out where it is.
async fn take_back(source: &Path, mark: &Mark) -> Result<(), StoreError> {
    let mut from = Source::open(source).await?;
    if from.mark().await?.is_some_and(|found| found.id == mark.id) {
        from.lock().await?;
        from.take_out_mark().await?;
        from.commit().await?;
    }
    from.close().await;
    Ok(())
}
