/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-pictures.h"

#include "base/vrf-error.h"

typedef struct
{
  VrfPictureState state;
  VrfImage *image; /* nullable */
} Picture;

struct _VrfPictures
{
  GObject parent_instance;

  /* owned */
  VrfBackend *backend;
  char *session_id;
  GHashTable *pictures;      /* doc_type → Picture, of this showing */
  GCancellable *cancellable; /* of this showing; NULL while hidden */
  GError *error;
};

G_DEFINE_FINAL_TYPE (VrfPictures, vrf_pictures, G_TYPE_OBJECT)

static guint changed_signal;

static void
picture_free (Picture *picture)
{
  g_clear_pointer (&picture->image, vrf_image_unref);
  g_free (picture);
}

static void
vrf_pictures_finalize (GObject *object)
{
  VrfPictures *self = VRF_PICTURES (object);

  g_clear_object (&self->backend);
  g_clear_pointer (&self->session_id, g_free);
  g_clear_pointer (&self->pictures, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (vrf_pictures_parent_class)->finalize (object);
}

static void
vrf_pictures_class_init (VrfPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_pictures_finalize;

  changed_signal = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_pictures_init (VrfPictures *self)
{
  self->pictures =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) picture_free);
}

/** vrf_pictures_new: Returns: (transfer full): nothing is fetched yet */
VrfPictures *
vrf_pictures_new (VrfBackend *backend, const char *session_id)
{
  VrfPictures *self = g_object_new (VRF_TYPE_PICTURES, NULL);

  self->backend = g_object_ref (backend);
  self->session_id = g_strdup (session_id);

  return self;
}

static void
tell (VrfPictures *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* Showing: list, fetch, decode, each of this showing only */

typedef struct
{
  VrfPictures *self; /* owned */
  char *doc_type;
  GCancellable *cancellable; /* owned: of the showing */
} Job;

static Job *
job_new (VrfPictures *self, const char *doc_type)
{
  Job *job = g_new0 (Job, 1);

  job->self = g_object_ref (self);
  job->doc_type = g_strdup (doc_type);
  job->cancellable = g_object_ref (self->cancellable);
  return job;
}

static void
job_free (Job *job)
{
  g_object_unref (job->self);
  g_object_unref (job->cancellable);
  g_free (job->doc_type);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
set_state (VrfPictures *self, const char *doc_type, VrfPictureState state, VrfImage *image)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->state = state;
  picture->image = image;
  g_hash_table_replace (self->pictures, g_strdup (doc_type), picture);
}

static gboolean
is_over (const Job *job)
{
  return g_cancellable_is_cancelled (job->cancellable);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  VrfImage *image = vrf_image_decode_finish (result, NULL);

  if (is_over (job))
    {
      g_clear_pointer (&image, vrf_image_unref);
      return;
    }
  set_state (
      job->self, job->doc_type, image != NULL ? VRF_PICTURE_READY : VRF_PICTURE_UNSAFE, image);
  tell (job->self);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  GCancellable *cancellable = job->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
      vrf_api_client_fetch_document_finish (VRF_API_CLIENT (source), result, &error);

  if (is_over (job))
    return;
  if (file == NULL)
    {
      set_state (job->self, job->doc_type, VRF_PICTURE_FAILED, NULL);
      if (job->self->error == NULL)
        job->self->error = g_steal_pointer (&error);
      tell (job->self);
      return;
    }
  vrf_image_decode_async (file, cancellable, decoded_cb, g_steal_pointer (&job));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VrfApiClient *client = VRF_API_CLIENT (source);
  g_autoptr (Job) job = user_data;
  VrfPictures *self = job->self;
  GError *error = NULL;
  g_autoptr (GPtrArray) documents = vrf_api_client_list_documents_finish (client, result, &error);

  if (is_over (job))
    {
      g_clear_error (&error);
      return;
    }
  if (documents == NULL)
    {
      vrf_pictures_hide (self);
      self->error = error;
      tell (self);
      return;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const VrfDocument *document = g_ptr_array_index (documents, i);

      if (!vrf_pictures_is_picture (document->mime_type))
        continue;
      set_state (self, document->doc_type, VRF_PICTURE_LOADING, NULL);
      vrf_api_client_fetch_document_async (
          client, document, self->cancellable, fetched_cb, job_new (self, document->doc_type));
    }
  tell (self);
}

/** vrf_pictures_show: fetches all pictures, unless they are shown already */
void
vrf_pictures_show (VrfPictures *self)
{
  VrfApiClient *client = NULL;

  g_return_if_fail (VRF_IS_PICTURES (self));

  client = vrf_backend_get_client (self->backend);
  if (self->cancellable != NULL || client == NULL)
    return;

  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  vrf_api_client_list_documents_async (
      client, self->session_id, self->cancellable, listed_cb, job_new (self, ""));
  tell (self);
}

/** vrf_pictures_hide: forgets them, also those on their way */
void
vrf_pictures_hide (VrfPictures *self)
{
  g_return_if_fail (VRF_IS_PICTURES (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_hash_table_remove_all (self->pictures);
  tell (self);
}

gboolean
vrf_pictures_is_shown (VrfPictures *self)
{
  g_return_val_if_fail (VRF_IS_PICTURES (self), FALSE);

  return self->cancellable != NULL;
}

const GError *
vrf_pictures_get_error (VrfPictures *self)
{
  g_return_val_if_fail (VRF_IS_PICTURES (self), NULL);

  return self->error;
}

VrfPictureState
vrf_pictures_get_state (VrfPictures *self, const char *doc_type)
{
  const Picture *picture = NULL;

  g_return_val_if_fail (VRF_IS_PICTURES (self), VRF_PICTURE_HIDDEN);

  picture = g_hash_table_lookup (self->pictures, doc_type);
  if (picture != NULL)
    return picture->state;
  return self->cancellable != NULL ? VRF_PICTURE_LOADING : VRF_PICTURE_HIDDEN;
}

VrfImage *
vrf_pictures_get_image (VrfPictures *self, const char *doc_type)
{
  const Picture *picture = NULL;

  g_return_val_if_fail (VRF_IS_PICTURES (self), NULL);

  picture = g_hash_table_lookup (self->pictures, doc_type);
  return picture != NULL ? picture->image : NULL;
}

/* A file to be saved: a fresh link, then the bytes */

static void
file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *file = vrf_api_client_fetch_document_finish (VRF_API_CLIENT (source), result, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
file_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VrfApiClient *client = VRF_API_CLIENT (source);
  g_autoptr (GTask) task = user_data;
  const char *doc_type = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) documents = vrf_api_client_list_documents_finish (client, result, &error);

  if (documents == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const VrfDocument *document = g_ptr_array_index (documents, i);

      if (g_str_equal (document->doc_type, doc_type))
        {
          vrf_api_client_fetch_document_async (
              client, document, g_task_get_cancellable (task), file_cb, g_steal_pointer (&task));
          return;
        }
    }
  g_task_return_new_error (
      task, VRF_ERROR, VRF_ERROR_NOT_FOUND, "%s", _ ("The file is not there any more."));
}

void
vrf_pictures_fetch_file_async (VrfPictures *self,
                               const char *doc_type,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  VrfApiClient *client = vrf_backend_get_client (self->backend);

  g_task_set_source_tag (task, vrf_pictures_fetch_file_async);
  g_task_set_task_data (task, g_strdup (doc_type), g_free);
  if (client != NULL)
    {
      vrf_api_client_list_documents_async (
          client, self->session_id, cancellable, file_listed_cb, task);
      return;
    }
  g_task_return_new_error (
      task, VRF_ERROR, VRF_ERROR_OFFLINE, "%s", _ ("There is no connection yet."));
  g_object_unref (task);
}

GBytes *
vrf_pictures_fetch_file_finish (VrfPictures *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Words */

/** vrf_pictures_get_label: Returns: (transfer none): translated */
const char *
vrf_pictures_get_label (const char *doc_type)
{
  static const char *const words[][2] = {
    { "id_front", N_ ("ID front") },
      { "id_back", N_ ("ID back") },
        { "selfie", N_ ("Selfie") },
          { "proof_of_address", N_ ("Proof of address") },
        };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], doc_type) == 0)
      return _ (words[i][1]);

  return doc_type;
}

static const char *const formats[][2] = {
  { "image/jpeg", "JPEG" },
  { "image/png", "PNG" },
  { "image/webp", "WebP" },
  { "application/pdf", "PDF" },
};

const char *
vrf_pictures_get_format (const char *mime_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i][0], mime_type) == 0)
      return formats[i][1];

  return mime_type;
}

/** vrf_pictures_is_picture: Returns: whether it is to be shown and not to be saved */
gboolean
vrf_pictures_is_picture (const char *mime_type)
{
  return mime_type != NULL && g_str_has_prefix (mime_type, "image/");
}
