/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include "store/vrf-store-worker.h"

#include "base/vrf-error.h"

typedef struct
{
  GTask *task;
  VrfStoreRun run;
  VrfStoreJobKind kind;
} Job;

struct _VrfStoreWorker
{
  /* owned, never changed */
  char *directory;
  GMainContext *context; /* of who is told */
  GWeakRef who;
  VrfStoreTold told;

  /* under the lock */
  GMutex lock;
  GCond wake;
  GQueue normal; /* Job; the closing one too */
  GQueue slow;
  gboolean runs_slow;
  gboolean ending;
  gboolean has_thread;

  /* the thread's own, once it runs */
  VrfIndex *index;
  gboolean failed; /* it was told that there is none */
};

static void
job_free (Job *job)
{
  g_object_unref (job->task);
  g_free (job);
}

static void
clear (gpointer data)
{
  VrfStoreWorker *self = data;

  g_free (self->directory);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->who);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_queue_clear_full (&self->normal, (GDestroyNotify) job_free);
  g_queue_clear_full (&self->slow, (GDestroyNotify) job_free);
  g_clear_object (&self->index);
}

VrfStoreWorker *
vrf_store_worker_ref (VrfStoreWorker *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
vrf_store_worker_unref (VrfStoreWorker *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* Telling */

typedef struct
{
  VrfStoreWorker *worker;
  GError *error;
} News;

static gboolean
tell_cb (gpointer user_data)
{
  News *news = user_data;
  g_autoptr (GObject) who = g_weak_ref_get (&news->worker->who);

  if (who != NULL)
    news->worker->told (who, news->error);
  return G_SOURCE_REMOVE;
}

static void
news_free (gpointer data)
{
  News *news = data;

  vrf_store_worker_unref (news->worker);
  g_error_free (news->error);
  g_free (news);
}

static void
tell (VrfStoreWorker *self, const GError *error)
{
  News *news = g_new0 (News, 1);

  news->worker = vrf_store_worker_ref (self);
  news->error = g_error_copy (error);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, tell_cb, news, news_free);
}

/* On the thread */

static gboolean
job_free_cb (gpointer user_data)
{
  job_free (user_data);
  return G_SOURCE_REMOVE;
}

/* A task may hold the last reference of the store: that one is let go where the store lives. */
static void
job_end (VrfStoreWorker *self, Job *job)
{
  g_autoptr (GSource) source = NULL;

  if (g_task_get_source_object (job->task) == NULL)
    {
      job_free (job);
      return;
    }
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, job_free_cb, job, NULL);
  g_source_attach (source, self->context);
}

static gboolean
ensure_index (VrfStoreWorker *self, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GError) failure = NULL;

  if (self->index != NULL)
    return TRUE;
  self->index = vrf_index_open_anew (self->directory, &why, &failure);
  if (why != NULL)
    tell (self, why);
  if (self->index != NULL)
    return TRUE;
  if (!self->failed)
    tell (self, failure);
  self->failed = TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What cannot be read any more makes place for an empty one. */
static void
look_after (VrfStoreWorker *self, const GError *error)
{
  g_autoptr (GError) failure = NULL;

  if (self->index == NULL || !vrf_index_is_damaged (self->index))
    return;
  g_clear_object (&self->index);
  self->index = vrf_index_open_empty (self->directory, &failure);
  tell (self, failure != NULL ? failure : error);
}

/* While a slow job runs, others may interrupt it; not when one of them is there already. */
static gboolean
begin_slow (VrfStoreWorker *self, GError **error)
{
  gboolean first = FALSE;

  g_mutex_lock (&self->lock);
  first = g_queue_is_empty (&self->normal);
  self->runs_slow = first;
  g_mutex_unlock (&self->lock);
  if (!first)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Something else goes first");
  return first;
}

static void
end_slow (VrfStoreWorker *self)
{
  g_mutex_lock (&self->lock);
  self->runs_slow = FALSE;
  g_mutex_unlock (&self->lock);
}

static gboolean
run_on_index (VrfStoreWorker *self, Job *job, GError **error)
{
  gboolean ok = FALSE;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), error)
      || !ensure_index (self, error))
    return FALSE;
  if (job->kind == VRF_STORE_JOB_SLOW && !begin_slow (self, error))
    return FALSE;
  ok = job->run (self->index, job->task, error);
  if (job->kind == VRF_STORE_JOB_SLOW)
    end_slow (self);
  return ok;
}

/* A job that had to make way comes again. */
static gboolean
was_interrupted (Job *job, const GError *error)
{
  return job->kind == VRF_STORE_JOB_SLOW
         && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         && !g_cancellable_is_cancelled (g_task_get_cancellable (job->task));
}

static void
run_job (VrfStoreWorker *self, Job *job)
{
  GError *error = NULL;
  gboolean again = FALSE;

  if (!run_on_index (self, job, &error))
    {
      look_after (self, error);
      again = was_interrupted (job, error);
      if (again)
        g_error_free (error);
      else
        g_task_return_error (job->task, error);
    }
  if (!again)
    {
      job_end (self, job);
      return;
    }
  g_mutex_lock (&self->lock);
  g_queue_push_head (&self->slow, job);
  g_mutex_unlock (&self->lock);
}

/* When nothing else is to be done, and at the end: the traces of what was removed. */
static void
scrub (VrfStoreWorker *self)
{
  g_autoptr (GError) error = NULL;

  if (self->index == NULL || !vrf_index_needs_scrub (self->index)
      || vrf_index_scrub (self->index, &error))
    return;
  look_after (self, error);
  if (self->failed)
    return;
  self->failed = TRUE;
  tell (self, error);
}

static void
run_close (VrfStoreWorker *self, Job *job)
{
  GError *error = NULL;

  scrub (self);
  g_clear_object (&self->index);
  if (!job->run (NULL, job->task, &error))
    g_task_return_error (job->task, error);
  job_end (self, job);
}

/* NULL when the thread is to end. */
static Job *
pop_job (VrfStoreWorker *self)
{
  Job *job = NULL;

  g_mutex_lock (&self->lock);
  while (job == NULL)
    {
      job = g_queue_pop_head (&self->normal);
      if (job != NULL)
        break;
      g_mutex_unlock (&self->lock);
      scrub (self);
      g_mutex_lock (&self->lock);
      if (!g_queue_is_empty (&self->normal))
        continue;
      if (self->ending)
        break;
      job = g_queue_pop_head (&self->slow);
      if (job == NULL)
        g_cond_wait (&self->wake, &self->lock);
    }
  g_mutex_unlock (&self->lock);
  return job;
}

static gpointer
thread_main (gpointer data)
{
  VrfStoreWorker *self = data;
  Job *job = NULL;

  while ((job = pop_job (self)) != NULL)
    if (job->kind == VRF_STORE_JOB_CLOSE)
      run_close (self, job);
    else
      run_job (self, job);
  g_clear_object (&self->index);
  while ((job = g_queue_pop_head (&self->slow)) != NULL)
    {
      g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store has ended");
      job_end (self, job);
    }
  vrf_store_worker_unref (self);
  return NULL;
}

/* From outside */

/**
 * vrf_store_worker_new:
 * @directory: the profile's
 * @told: who is told, in the present thread's context, as long as it lives
 * @who: the object of @told
 *
 * Returns: (transfer full): a worker whose thread begins with its first job
 */
VrfStoreWorker *
vrf_store_worker_new (const char *directory, VrfStoreTold told, GWeakRef *who)
{
  VrfStoreWorker *self = g_atomic_rc_box_new0 (VrfStoreWorker);
  g_autoptr (GObject) object = g_weak_ref_get (who);

  self->directory = g_strdup (directory);
  self->context = g_main_context_ref_thread_default ();
  self->told = told;
  g_weak_ref_init (&self->who, object);
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  g_queue_init (&self->normal);
  g_queue_init (&self->slow);
  return self;
}

void
vrf_store_worker_set_index (VrfStoreWorker *self, VrfIndex *index)
{
  g_return_if_fail (!self->has_thread);
  self->index = index;
}

static void
ensure_thread (VrfStoreWorker *self)
{
  if (self->has_thread)
    return;
  self->has_thread = TRUE;
  g_thread_unref (g_thread_new ("vrf-store", thread_main, vrf_store_worker_ref (self)));
}

void
vrf_store_worker_push (VrfStoreWorker *self, VrfStoreJobKind kind, GTask *task, VrfStoreRun run)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_object_ref (task);
  job->run = run;
  job->kind = kind;
  ensure_thread (self);
  g_mutex_lock (&self->lock);
  g_queue_push_tail (kind == VRF_STORE_JOB_SLOW ? &self->slow : &self->normal, job);
  if (kind != VRF_STORE_JOB_SLOW && self->runs_slow)
    vrf_index_interrupt (self->index); /* it is there as long as the slow job runs */
  if (kind == VRF_STORE_JOB_CLOSE)
    self->ending = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

void
vrf_store_worker_end (VrfStoreWorker *self)
{
  g_mutex_lock (&self->lock);
  self->ending = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}
